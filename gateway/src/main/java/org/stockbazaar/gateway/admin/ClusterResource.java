package org.stockbazaar.gateway.admin;

import io.netty.util.AsciiString;
import org.stockbazaar.gateway.http.Exchange;
import org.stockbazaar.gateway.http.JsonBytes;
import org.stockbazaar.gateway.http.Reply;
import org.stockbazaar.gateway.http.Request;
import org.stockbazaar.gateway.http.Resource;
import org.stockbazaar.gateway.http.Target;
import org.stockbazaar.protocol.message.Message.Pong;

/** {@code GET /cluster}: who leads, and how every order node is. */
final class ClusterResource implements Resource {
  private static final int REPLICA_BYTES = 160;

  private final Operations operations;

  ClusterResource(Operations operations) {
    this.operations = operations;
  }

  @Override
  public AsciiString allow() {
    return READ;
  }

  @Override
  public void answer(Request request, Target target, String argument, Exchange exchange) {
    operations.cluster(view -> exchange.reply(Reply.ok(json(view))));
  }

  static byte[] json(ClusterView view) {
    ClusterView.Replica leader = view.leader();
    var json = new JsonBytes(64 + REPLICA_BYTES * view.replicas().size());
    json.ascii("{\"data\":{\"leader\":");
    if (leader == null) {
      json.ascii("null,\"epoch\":null");
    } else {
      json.string(Names.of(leader.id())).ascii(",\"epoch\":").number(leader.pong().epoch());
    }
    json.ascii(",\"replicas\":[");
    String separator = "";
    for (ClusterView.Replica replica : view.replicas()) {
      json.ascii(separator);
      append(json, replica, leader);
      separator = ",";
    }
    return json.ascii("]}}").toBytes();
  }

  private static void append(
      JsonBytes json, ClusterView.Replica replica, ClusterView.Replica leader) {
    json.ascii("{\"id\":").number(replica.id());
    json.ascii(",\"name\":").string(Names.of(replica.id()));
    json.ascii(",\"address\":").string(replica.address().toString());
    json.ascii(",\"role\":").string(replica.role());
    Pong pong = replica.pong();
    json.ascii(",\"serving\":").ascii(pong != null && pong.serving() ? "true" : "false");
    number(json, "epoch", pong == null ? -1 : pong.epoch());
    number(json, "last_number", pong == null ? -1 : pong.nextNumber() - 1);
    boolean compared = pong != null && leader != null;
    long behind = compared ? Math.max(0, leader.pong().commitIndex() - pong.commitIndex()) : -1;
    number(json, "lag", behind);
    json.ascii("}");
  }

  private static void number(JsonBytes json, String key, long value) {
    json.ascii(",\"").ascii(key).ascii("\":");
    if (value < 0) {
      json.ascii("null");
    } else {
      json.number(value);
    }
  }
}
