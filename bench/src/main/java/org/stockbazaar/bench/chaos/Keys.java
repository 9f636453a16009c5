package org.stockbazaar.bench.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.stockbazaar.protocol.message.Key;

/** The idempotency keys of a run, as clients send them and as the order log has them. */
final class Keys {
  private final String run;
  private final MessageDigest sha256;

  /**
   * @param run what no other run has
   */
  Keys(String run) {
    this.run = run;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What the client sends. */
  String text(Order order) {
    return run + "-" + order.placer() + "-" + order.ordinal();
  }

  /** What the gateway makes of it: the first half of the hash over a word and the client's key. */
  Key logged(Order order) {
    byte[] text = ("client\0" + text(order)).getBytes(StandardCharsets.US_ASCII);
    var bytes = ByteBuffer.wrap(sha256.digest(text));
    return new Key(bytes.getLong(), bytes.getLong());
  }
}
