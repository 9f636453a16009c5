package org.stockbazaar.protocol.channel;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.frame.MessageCodec;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;

/**
 * One side of a channel's opening: both send HELLO at once, then both prove that they have the
 * cluster secret.
 *
 * <pre>
 *   client                               server
 *     │ ──── HELLO ────▶      ◀──── HELLO ──── │
 *     │ ──── PROOF ────▶      ◀──── PROOF ──── │   HMAC-SHA256(secret, label ‖ client's HELLO ‖ server's HELLO)
 * </pre>
 *
 * The label names the prover's side, so that a proof sent back proves nothing. Knows no channel.
 */
final class Handshake {
  /** The version of the protocol: another one whenever a message's payload changes. */
  static final int VERSION = 2;

  private static final byte[] CLIENT = "stock-bazaar client".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SERVER = "stock-bazaar server".getBytes(StandardCharsets.US_ASCII);

  private final Identity self;
  private final boolean client;
  private final Expected expected;
  private final Message.Hello hello;
  private Message.Hello peer;
  private boolean done;

  /** Whom a client means to reach. */
  record Expected(Role role, int node) {}

  private Handshake(Identity self, boolean client, Expected expected, Bytes32 nonce) {
    this.self = self;
    this.client = client;
    this.expected = expected;
    hello =
        new Message.Hello(
            VERSION,
            VERSION,
            self.secret().cluster(),
            self.role(),
            self.node(),
            self.incarnation(),
            nonce,
            self.members());
  }

  static Handshake client(Identity self, Expected expected, Bytes32 nonce) {
    return new Handshake(self, true, expected, nonce);
  }

  static Handshake server(Identity self, Bytes32 nonce) {
    return new Handshake(self, false, null, nonce);
  }

  /** What we send first. */
  Message.Hello hello() {
    return hello;
  }

  /** The peer's HELLO; null before it came. */
  Message.Hello peer() {
    return peer;
  }

  /** Whether the peer has proved itself. */
  boolean isDone() {
    return done;
  }

  /** Takes the peer's next message; what it returns is to be sent, null for nothing. */
  Message.Proof received(Message message) throws RefusedException {
    if (peer == null && message instanceof Message.Hello theirs) {
      check(theirs);
      peer = theirs;
      return new Message.Proof(Bytes32.of(hmac(client)));
    }
    if (peer != null && !done && message instanceof Message.Proof proof) {
      if (!ClusterSecret.equal(proof.hmac().toArray(), hmac(!client))) {
        throw new RefusedException("it does not know the cluster secret");
      }
      done = true;
      return null;
    }
    throw new RefusedException("it is not authenticated and sent another message");
  }

  private void check(Message.Hello theirs) throws RefusedException {
    if (theirs.versionMin() > VERSION || theirs.versionMax() < VERSION) {
      throw new RefusedException(
          ("it speaks versions " + theirs.versionMin() + " to " + theirs.versionMax())
              + (" of the protocol, this node " + VERSION));
    }
    if (theirs.cluster() != hello.cluster()) {
      throw new RefusedException("it belongs to another cluster; give both the same secret");
    }
    boolean bothKnow = !theirs.members().isEmpty() && !self.members().isEmpty();
    if (bothKnow && !theirs.members().equals(self.members())) {
      throw new RefusedException(
          ("it has members " + theirs.members() + ", this node " + self.members())
              + "; configure both alike");
    }
    if (expected != null && (theirs.role() != expected.role || theirs.node() != expected.node)) {
      throw new RefusedException(
          "it is " + name(theirs.role(), theirs.node()) + "; correct the address");
    }
    if (theirs.role() == self.role() && theirs.node() == self.node()) {
      throw new RefusedException("it is " + name(self.role(), self.node()) + ", as this node is");
    }
  }

  private byte[] hmac(boolean ofClient) {
    byte[] ours = bytes(hello);
    byte[] theirs = bytes(peer);
    return self.secret()
        .hmac(ofClient ? CLIENT : SERVER, client ? ours : theirs, client ? theirs : ours);
  }

  private static byte[] bytes(Message.Hello hello) {
    var buffer = Unpooled.buffer();
    MessageCodec.encodePayload(hello, buffer);
    return ByteBufUtil.getBytes(buffer);
  }

  /** As in {@code order-3}. */
  static String name(Role role, int node) {
    return role.word() + "-" + node;
  }
}
