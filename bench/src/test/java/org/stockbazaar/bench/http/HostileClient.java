package org.stockbazaar.bench.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.stockbazaar.protocol.config.HostPort;

/** Sends a hostile input to a gateway and says what is wrong with what comes back. */
public final class HostileClient {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final long DRIP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final HostPort gateway;
  private final ObjectMapper json = new ObjectMapper();

  public HostileClient(HostPort gateway) {
    this.gateway = gateway;
  }

  /** What is wrong: empty when the gateway did what the input's line says. */
  public List<String> complaints(HostileInput input) throws IOException {
    byte[] received;
    try (var socket = new Socket(gateway.host(), gateway.port())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      var sender = new Thread(() -> send(socket, input), "hostile");
      sender.start();
      received = readToEnd(socket);
    }
    return complaints(input, new String(received, StandardCharsets.ISO_8859_1));
  }

  /** Reads until the gateway closes; a reset or a silence is an exception, and a finding. */
  private static byte[] readToEnd(Socket socket) throws IOException {
    var received = new ByteArrayOutputStream();
    var buffer = new byte[4096];
    var in = socket.getInputStream();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      received.write(buffer, 0, count);
    }
    return received.toByteArray();
  }

  private static void send(Socket socket, HostileInput input) {
    try {
      var out = socket.getOutputStream();
      out.write(input.bytes(), 0, input.dripFrom());
      out.flush();
      for (int i = input.dripFrom(); i < input.bytes().length; i++) {
        LockSupport.parkNanos(DRIP_NANOS);
        out.write(input.bytes()[i]);
        out.flush();
      }
      if (!input.open()) {
        socket.shutdownOutput();
      }
    } catch (IOException e) {
      // The gateway had enough, as it may; what it said before is judged.
    }
  }

  private List<String> complaints(HostileInput input, String received) throws IOException {
    var complaints = new ArrayList<String>();
    var statuses = new ArrayList<Integer>();
    String rest = received;
    while (!rest.isEmpty()) {
      int end = rest.indexOf("\r\n\r\n") + 4;
      String head = rest.substring(0, end);
      int status = Integer.parseInt(head.substring(9, 12));
      statuses.add(status);
      if (status == 100) {
        rest = rest.substring(end);
        continue;
      }
      int length = Integer.parseInt(header(head, "Content-Length"));
      if (end + length > rest.length()) {
        complaints.add("reply cut off: " + rest);
        break;
      }
      judge(head, status, rest.substring(end, end + length), complaints);
      rest = rest.substring(end + length);
    }
    if (!statuses.equals(input.statuses())) {
      complaints.add(0, "statuses " + statuses + " instead of " + input.statuses());
    }
    return complaints;
  }

  private void judge(String head, int status, String body, List<String> complaints)
      throws IOException {
    if (!"application/json".equals(header(head, "Content-Type"))) {
      complaints.add("not JSON: " + head);
    }
    if (status == 405 && header(head, "Allow") == null) {
      complaints.add("405 without Allow");
    }
    if (status == 503 && !"1".equals(header(head, "Retry-After"))) {
      complaints.add("503 without Retry-After");
    }
    JsonNode error = json.readTree(body).path("error");
    if (status >= 400 && (error.path("code").asInt() != status || !error.has("message"))) {
      complaints.add("status " + status + " with body " + body);
    }
  }

  private static String header(String head, String name) {
    int at = head.indexOf("\r\n" + name + ": ");
    if (at < 0) {
      return null;
    }
    int from = at + name.length() + 4;
    return head.substring(from, head.indexOf("\r\n", from));
  }
}
