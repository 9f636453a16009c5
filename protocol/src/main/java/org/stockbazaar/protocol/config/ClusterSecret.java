package org.stockbazaar.protocol.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all nodes of a cluster share and nobody else knows: 32 bytes, in a file as 64 hexadecimal
 * digits. Nodes prove to each other that they have it; it is never sent.
 */
public final class ClusterSecret {
  private static final int BYTES = 32;

  private final SecretKeySpec key;
  private final long cluster;

  private ClusterSecret(byte[] bytes) {
    key = new SecretKeySpec(bytes, "HmacSHA256");
    cluster = ByteBuffer.wrap(hmac("cluster".getBytes(StandardCharsets.US_ASCII))).getLong();
  }

  /** Of exactly 32 bytes. */
  public static ClusterSecret of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(bytes.length + " bytes; a secret has " + BYTES);
    }
    return new ClusterSecret(bytes);
  }

  /** Reads the secret's file; {@link FailedException} says what is wrong with it. */
  public static ClusterSecret load(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new FailedException(
          "cannot read the cluster secret " + file + " (" + e + "); give its file with --secret",
          e);
    }
    try {
      return of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new FailedException(
          "the cluster secret " + file + " must hold " + 2 * BYTES + " hexadecimal digits", e);
    }
  }

  /** The cluster's public name: nodes with another secret have another one. */
  public long cluster() {
    return cluster;
  }

  /** HMAC-SHA256 under this secret over the parts, one after the other: 32 bytes. */
  public byte[] hmac(byte[]... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Compares in constant time. */
  public static boolean equal(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
