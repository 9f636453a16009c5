package org.stockbazaar.gateway.http;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request asks for.
 *
 * @param path without a slash at its end, still percent-encoded
 * @param query what follows the question mark, null when there is none
 */
public record Target(String path, String query) {

  /** Reads a path with query, or an absolute URL whose host is of no interest. */
  static Target parse(String text) throws RefusedException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw RefusedException.bad("URL", "must be printable ASCII, percent-encoded", text);
      }
    }
    String rest = origin(text);
    int mark = rest.indexOf('?');
    String path = mark < 0 ? rest : rest.substring(0, mark);
    if (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return new Target(path, mark < 0 ? null : rest.substring(mark + 1));
  }

  private static String origin(String text) {
    if (!text.regionMatches(true, 0, "http://", 0, 7)) {
      return text;
    }
    for (int i = 7; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '/') {
        return text.substring(i);
      }
      if (c == '?') {
        return "/" + text.substring(i);
      }
    }
    return "/";
  }

  /** The query's parameters, decoded; each may stand once. */
  public Map<String, String> parameters() throws RefusedException {
    var parameters = new LinkedHashMap<String, String>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw RefusedException.bad("query", "must be name=value pairs", pair);
      }
      String name = decode(pair.substring(0, equals));
      if (parameters.putIfAbsent(name, decode(pair.substring(equals + 1))) != null) {
        throw RefusedException.bad("query", "each parameter once, twice: '" + name + "'");
      }
    }
    return parameters;
  }

  /** Decodes percent escapes; one that is none is refused, as are bytes that are not UTF-8. */
  static String decode(String text) throws RefusedException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      boolean two = i + 2 < text.length();
      int high = two ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = two ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        throw RefusedException.bad("URL", "% must be followed by two hexadecimal digits", text);
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    String decoded = Utf8.decode(bytes.toByteArray());
    if (decoded == null) {
      throw RefusedException.bad("URL", "must decode to UTF-8", text);
    }
    return decoded;
  }
}
