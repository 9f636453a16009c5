package org.stockbazaar.bench.session;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.stockbazaar.protocol.config.HostPort;

/**
 * One HTTP/1.1 connection, opened when a request needs it and kept alive until either side closes
 * it. Blocking, for one thread. It never sends a request twice: after an {@link IOException} the
 * outcome is open and the caller decides.
 */
public final class HttpConnection implements AutoCloseable {
  private static final int HEAD_BYTES_MAX = 64 * 1024;
  private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

  private final HostPort server;
  private final int timeoutMillis;
  private Socket socket;
  private InputStream in;

  /**
   * @param timeoutMillis for connecting, and for each wait for the server's next bytes
   */
  public HttpConnection(HostPort server, int timeoutMillis) {
    this.server = server;
    this.timeoutMillis = timeoutMillis;
  }

  /** Asks once, on a connection of its own. */
  public static HttpReply get(HostPort server, String path, int timeoutMillis) throws IOException {
    try (var connection = new HttpConnection(server, timeoutMillis)) {
      return connection.exchange("GET", path, null);
    }
  }

  /**
   * Sends a request and reads its reply.
   *
   * @param body null for none
   * @param headers lines such as {@code "Idempotency-Key: 7"}
   */
  public HttpReply exchange(String method, String path, String body, String... headers)
      throws IOException {
    try {
      connect();
      socket.getOutputStream().write(request(method, path, body, headers));
      HttpReply reply = read("HEAD".equals(method));
      if (reply.closes()) {
        close();
      }
      return reply;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Whether the connection is open as far as this side knows. */
  public boolean isOpen() {
    return socket != null;
  }

  private void connect() throws IOException {
    if (socket != null) {
      return;
    }
    var fresh = new Socket();
    try {
      fresh.setTcpNoDelay(true);
      fresh.setSoTimeout(timeoutMillis);
      fresh.connect(server.socketAddress(), timeoutMillis);
    } catch (IOException | RuntimeException e) {
      fresh.close();
      throw e;
    }
    socket = fresh;
    in = new BufferedInputStream(fresh.getInputStream(), 8192);
  }

  private byte[] request(String method, String path, String body, String... headers) {
    byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(server).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (body != null) {
      head.append("Content-Type: application/json\r\n");
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    var bytes = new ByteArrayOutputStream(head.length() + 2 + content.length);
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  private HttpReply read(boolean withoutBody) throws IOException {
    int left = HEAD_BYTES_MAX;
    String first = line(left);
    if (first.length() < 12 || !first.startsWith("HTTP/1.")) {
      throw new ProtocolException("not an HTTP reply: '" + first + "'");
    }
    int status = number(first.substring(9, 12));
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(left); !line.isEmpty(); line = line(left)) {
      left -= line.length();
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    if (status == 100) {
      return read(withoutBody);
    }
    return new HttpReply(status, headers, withoutBody ? "" : body(headers));
  }

  private String body(Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (length == null) {
      throw new ProtocolException("a reply without Content-Length: " + headers);
    }
    int bytes = number(length);
    if (bytes > BODY_BYTES_MAX) {
      throw new ProtocolException("a reply of " + bytes + " bytes");
    }
    byte[] content = in.readNBytes(bytes);
    if (content.length < bytes) {
      throw new EOFException("closed within a reply's body");
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  private String line(int bytesMax) throws IOException {
    var line = new StringBuilder(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException(
            line.isEmpty() ? "the connection was closed" : "closed within a reply's head");
      }
      if (line.length() >= bytesMax) {
        throw new ProtocolException("a reply's head of over " + HEAD_BYTES_MAX + " bytes");
      }
      line.append((char) b);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private static int number(String text) throws ProtocolException {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      var wrong = new ProtocolException("'" + text + "' is not a number in a reply's head");
      wrong.initCause(e);
      throw wrong;
    }
  }

  @Override
  public void close() {
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
    socket = null;
    in = null;
  }
}
