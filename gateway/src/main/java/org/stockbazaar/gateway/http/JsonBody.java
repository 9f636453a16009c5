package org.stockbazaar.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * A request's body: one JSON object in UTF-8, known keys, nothing behind it. Nothing is coerced,
 * and a number is looked at as text, so that a huge one costs nothing.
 */
public final class JsonBody {
  private static final int DEPTH_MAX = 8;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Clients choose the keys: none of them is to be kept.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // Bodies are bounded already; a long number gets its reader's message.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonBody() {}

  /** Takes an object's members, one after the other. */
  @FunctionalInterface
  public interface Keys {
    /**
     * Takes one member.
     *
     * @param value stands at the value's first token
     * @return false when there is no such key
     */
    boolean take(String key, JsonParser value) throws IOException, RefusedException;
  }

  /**
   * Reads {@code body}; the refusal names field, rule and value.
   *
   * @param form what the body has to be, in words
   */
  public static void read(byte[] body, String form, Keys keys) throws RefusedException {
    String text = Utf8.decode(body);
    if (text == null) {
      throw RefusedException.bad("body", "must be UTF-8");
    }
    if (text.isBlank()) {
      throw RefusedException.bad("body", "missing; " + form);
    }
    try (JsonParser parser = JSON.createParser(text)) {
      read(parser, form, keys);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where = at == null ? "" : " at column " + at.getColumnNr();
      throw RefusedException.bad("body", "not JSON" + where + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static void read(JsonParser parser, String form, Keys keys)
      throws IOException, RefusedException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw RefusedException.bad("body", form, parser.getText());
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (!keys.take(key, parser)) {
        throw RefusedException.bad(RefusedException.quote(key), "unknown key; " + form);
      }
    }
    if (parser.nextToken() != null) {
      throw RefusedException.bad("body", "one object and nothing behind it", parser.getText());
    }
  }

  /** Refuses a key that stands there again. */
  public static void once(String key, boolean first) throws RefusedException {
    if (!first) {
      throw RefusedException.bad(key, "must stand once, not twice");
    }
  }

  /** Refuses a body without this key. */
  public static void present(String key, boolean present, String form) throws RefusedException {
    if (!present) {
      throw RefusedException.bad(key, "missing; " + form);
    }
  }

  /** The value, which must be a string. */
  public static String string(String key, String rule, JsonParser parser)
      throws IOException, RefusedException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw RefusedException.bad(key, rule + ", as a string", parser.getText());
    }
    return parser.getText();
  }

  /** The body's type may be left out; given, it must be the one that is read. */
  public static void requireJson(HttpHeaders headers) throws RefusedException {
    List<String> types = headers.getAll(HttpHeaderNames.CONTENT_TYPE);
    if (types.size() > 1 || (types.size() == 1 && !isJson(types.get(0)))) {
      throw unsupported("Content-Type: must be application/json", String.join(", ", types));
    }
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("Content-Encoding: must be identity", encoding);
    }
  }

  private static boolean isJson(String type) {
    String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals("application/json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }

  private static RefusedException unsupported(String rule, String value) {
    return new RefusedException(
        HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, rule + ", not " + RefusedException.quote(value));
  }
}
