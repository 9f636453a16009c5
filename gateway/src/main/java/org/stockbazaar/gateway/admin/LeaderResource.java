package org.stockbazaar.gateway.admin;

import com.fasterxml.jackson.core.JsonParser;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.io.IOException;
import org.stockbazaar.gateway.http.Exchange;
import org.stockbazaar.gateway.http.JsonBody;
import org.stockbazaar.gateway.http.JsonBytes;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.RefusedException;
import org.stockbazaar.gateway.http.Reply;
import org.stockbazaar.gateway.http.Request;
import org.stockbazaar.gateway.http.Resource;
import org.stockbazaar.gateway.http.Target;

/** {@code POST /leader}: has another order node lead. */
final class LeaderResource implements Resource {
  private static final String FORM = "it is an object with to, as in {\"to\":\"order-3\"}";

  private final Operations operations;

  LeaderResource(Operations operations) {
    this.operations = operations;
  }

  @Override
  public AsciiString allow() {
    return POST;
  }

  @Override
  public boolean allows(Request request) {
    return request.isPost();
  }

  @Override
  public void answer(Request request, Target target, String argument, Exchange exchange)
      throws RefusedException {
    JsonBody.requireJson(request.headers());
    var body = new Body();
    JsonBody.read(request.body(), FORM, body);
    JsonBody.present("to", body.to != null, FORM);
    int replica = Names.find(body.to, operations.replicas());
    if (replica == 0) {
      throw new RefusedException(
          HttpResponseStatus.NOT_FOUND,
          "to: must be one of "
              + Names.all(operations.replicas())
              + ", not "
              + RefusedException.quote(body.to));
    }
    operations.lead(
        replica,
        new Outcome<>() {
          @Override
          public void found(Long epoch) {
            exchange.reply(Reply.ok(json(replica, epoch)));
          }

          @Override
          public void failed(Problem problem) {
            exchange.fail(problem);
          }
        });
  }

  private static byte[] json(int leader, long epoch) {
    return new JsonBytes(64)
        .ascii("{\"data\":{\"leader\":")
        .string(Names.of(leader))
        .ascii(",\"epoch\":")
        .number(epoch)
        .ascii("}}")
        .toBytes();
  }

  private static final class Body implements JsonBody.Keys {
    private String to;

    @Override
    public boolean take(String key, JsonParser value) throws IOException, RefusedException {
      if (!key.equals("to")) {
        return false;
      }
      JsonBody.once(key, to == null);
      to = JsonBody.string(key, "must be an order node's name", value);
      return true;
    }
  }
}
