package org.stockbazaar.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of {@code hostile-http.txt}: what a bad client sends and what it must hear.
 *
 * @param cause what is wrong with it
 * @param statuses of the replies, in order
 * @param bytes what is sent
 * @param dripFrom bytes from here on are sent slowly
 * @param open whether the client leaves its side open behind the last byte
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares inputs.
public record HostileInput(
    String cause, List<Integer> statuses, byte[] bytes, int dripFrom, boolean open) {
  private static final String ORDER = "POST /orders HTTP/1.1\r\nHost: x\r\n";

  /** All of them, in the file's order. */
  public static List<HostileInput> all() throws IOException {
    try (InputStream file = HostileInput.class.getResourceAsStream("/hostile-http.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(HostileInput::parse)
          .toList();
    }
  }

  static HostileInput parse(String line) {
    String[] columns = line.split("\\|", 3);
    var statuses = new ArrayList<Integer>();
    for (String status : columns[1].strip().split(" ", -1)) {
      if (!status.equals("none")) {
        statuses.add(Integer.valueOf(status));
      }
    }
    var reader = new Reader(columns[2].startsWith(" ") ? columns[2].substring(1) : columns[2]);
    return reader.input(columns[0].strip(), statuses);
  }

  boolean isSlow() {
    return open || dripFrom < bytes.length;
  }

  @Override
  public String toString() {
    return cause;
  }

  /** Expands escapes and macros. */
  private static final class Reader {
    private final String text;
    private int at;
    private int bodyFrom = -1;
    private int dripFrom = -1;
    private boolean open;

    Reader(String text) {
      this.text = text;
    }

    HostileInput input(String cause, List<Integer> statuses) {
      byte[] bytes = expand(false);
      if (bodyFrom >= 0) {
        var whole = new ByteArrayOutputStream();
        whole.write(bytes, 0, bodyFrom);
        whole.writeBytes(latin("Content-Length: " + (bytes.length - bodyFrom) + "\r\n\r\n"));
        whole.write(bytes, bodyFrom, bytes.length - bodyFrom);
        bytes = whole.toByteArray();
      }
      return new HostileInput(cause, statuses, bytes, dripFrom < 0 ? bytes.length : dripFrom, open);
    }

    private byte[] expand(boolean nested) {
      var out = new ByteArrayOutputStream();
      while (at < text.length()) {
        if (nested && text.startsWith(">>", at)) {
          at += 2;
          return out.toByteArray();
        }
        if (text.startsWith("<<", at)) {
          macro(out);
        } else if (text.charAt(at) == '\\') {
          escape(out);
        } else {
          out.write(text.charAt(at++));
        }
      }
      if (nested) {
        throw new IllegalArgumentException("a repetition without its end: " + text);
      }
      return out.toByteArray();
    }

    private void macro(ByteArrayOutputStream out) {
      at += 2;
      if (Character.isDigit(text.charAt(at))) {
        int star = text.indexOf('*', at);
        int times = Integer.parseInt(text.substring(at, star));
        at = star + 1;
        byte[] part = expand(true);
        for (int i = 0; i < times; i++) {
          out.writeBytes(part);
        }
        return;
      }
      int end = text.indexOf(">>", at);
      String name = text.substring(at, end);
      at = end + 2;
      switch (name) {
        case "order" -> out.writeBytes(latin(ORDER));
        case "body" -> bodyFrom = out.size();
        case "drip" -> dripFrom = out.size();
        case "open" -> open = true;
        default -> throw new IllegalArgumentException("no such macro: " + name);
      }
    }

    private void escape(ByteArrayOutputStream out) {
      char kind = text.charAt(at + 1);
      at += 2;
      switch (kind) {
        case 'r' -> out.write('\r');
        case 'n' -> out.write('\n');
        case 't' -> out.write('\t');
        case '\\' -> out.write('\\');
        case 'x' -> {
          out.write(Integer.parseInt(text.substring(at, at + 2), 16));
          at += 2;
        }
        default -> throw new IllegalArgumentException("no such escape: \\" + kind);
      }
    }

    private static byte[] latin(String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }
}
