package org.stockbazaar.gateway.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.stockbazaar.gateway.http.RefusedException;
import org.stockbazaar.protocol.config.FailedException;

/** What operators prove themselves with (RFC 6750). It is compared in constant time. */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";
  private static final int LENGTH_MIN = 16;

  private final byte[] token;

  private BearerToken(String token) {
    this.token = token.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Of at least 16 visible ASCII characters. */
  static BearerToken of(String token) {
    if (token.length() < LENGTH_MIN || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "a token has at least " + LENGTH_MIN + " visible ASCII characters and no blanks");
    }
    return new BearerToken(token);
  }

  /** Reads the token's file; {@link FailedException} says what is wrong with it. */
  public static BearerToken load(Path file) {
    try {
      return of(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    } catch (IOException e) {
      throw new FailedException(
          "cannot read the operators' token " + file + " (" + e + "); give its file with --token",
          e);
    } catch (IllegalArgumentException e) {
      throw new FailedException(
          "the operators' token in " + file + " is none: " + e.getMessage(), e);
    }
  }

  /** Refuses a request that does not carry it. */
  void check(HttpHeaders headers) throws RefusedException {
    List<String> given = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    if (given.size() != 1 || !isThis(given.get(0))) {
      throw new RefusedException(
          HttpResponseStatus.UNAUTHORIZED,
          "Authorization: must be 'Bearer TOKEN' with the operators' token, which is in the file"
              + " that the gateway's --token names");
    }
  }

  private boolean isThis(String authorization) {
    boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String credentials = bearer ? authorization.substring(SCHEME.length()).strip() : "";
    return MessageDigest.isEqual(credentials.getBytes(StandardCharsets.ISO_8859_1), token);
  }
}
