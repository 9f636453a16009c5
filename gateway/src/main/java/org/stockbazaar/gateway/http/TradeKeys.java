package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.stockbazaar.protocol.message.Key;

/**
 * The keys under which trades happen at most once: hashes of the client's header, or made here,
 * counting on from the hash of this start of the gateway. The hashed texts have a first word of
 * their own, so that no client can guess its way into keys that gateways make, nor one gateway meet
 * another's. Belongs to the event loop.
 */
final class TradeKeys {
  private static final AsciiString HEADER = AsciiString.cached("Idempotency-Key");
  private static final int LENGTH_MAX = 255;

  private final MessageDigest sha256;

  /** Keys that are made here follow on this one. */
  private final Key own;

  private long made;

  TradeKeys(GatewayStart start) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    own = hash("gateway\0" + start.gateway() + "\0" + start.incarnation() + "\0");
  }

  /** The key that these headers ask for, or one that nobody has. */
  Key of(HttpHeaders headers) throws RefusedException {
    if (!headers.contains(HEADER)) {
      made++;
      return new Key(own.high(), own.low() + made);
    }
    List<String> values = headers.getAll(HEADER);
    if (values.size() != 1) {
      throw RefusedException.bad(
          HEADER.toString(), "must stand once, not " + values.size() + " times");
    }
    String value = values.get(0);
    if (!isKey(value)) {
      throw RefusedException.bad(
          HEADER.toString(), "must be 1 to 255 printable ASCII characters", value);
    }
    return hash("client\0" + value);
  }

  private static boolean isKey(String value) {
    if (value.isEmpty() || value.length() > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private Key hash(String text) {
    var bytes = ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.US_ASCII)));
    return new Key(bytes.getLong(), bytes.getLong());
  }
}
