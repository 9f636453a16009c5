package org.stockbazaar.bench.reference;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The floor for a trade of one client: its hops and its syncs, and nothing else. Each role is a
 * process of its own, on blocking sockets.
 *
 * <pre>
 *   client ─▶ gateway ─▶ leader ─▶ two followers     128 bytes; all three write and sync them
 *                          │   ─▶ catalog             meanwhile
 *                          │   ◀── one follower       a majority, with the leader's own
 *                          │   ◀── catalog
 *                          ├─▶ gateway ─▶ client
 *                          ╰─▶ catalog                it is committed
 * </pre>
 */
final class BareTrade {
  private static final int RECORD_BYTES = 128;
  private static final int REPLY_BYTES = 16;
  private static final int FILE_RECORDS = 1 << 17;
  private static final String BODY = "{\"data\":{\"transaction_number\":1}}";
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + BODY.length()
              + "\r\n\r\n"
              + BODY)
          .getBytes(StandardCharsets.US_ASCII);

  private BareTrade() {}

  /**
   * Arguments: {@code follower PORT FILE SYNC}, {@code catalog PORT}, {@code leader PORT FILE SYNC
   * CATALOG-PORT FOLLOWER-PORT FOLLOWER-PORT}, {@code gateway PORT LEADER-PORT}; SYNC is disk or
   * os.
   */
  public static void main(String... arguments) throws IOException {
    int port = Integer.parseInt(arguments[1]);
    try (var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Bare.listens();
      switch (arguments[0]) {
        case "follower" -> follow(accept(server), new Log(arguments[2], arguments[3]));
        case "catalog" -> prepare(accept(server));
        case "leader" ->
            lead(
                accept(server),
                new Log(arguments[2], arguments[3]),
                new SocketChannel[] {channel(arguments[5]), channel(arguments[6])},
                connect(arguments[4]));
        case "gateway" -> serve(server, connect(arguments[2]));
        default -> throw new IllegalArgumentException("no role " + arguments[0]);
      }
    } catch (EOFException e) {
      // The one before it has ended, and so does this one.
    }
  }

  private static SocketChannel channel(String port) throws IOException {
    var channel = SocketChannel.open(address(port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  private static InetSocketAddress address(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }

  private static Socket accept(ServerSocket server) throws IOException {
    Socket socket = server.accept();
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static Socket connect(String port) throws IOException {
    var socket = new Socket();
    socket.connect(address(port));
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** A file as large as it gets, so that a sync need not change its size. */
  private static final class Log {
    private final FileChannel file;
    private final boolean synced;
    private long appended;

    Log(String name, String sync) throws IOException {
      synced = "disk".equals(sync);
      file =
          FileChannel.open(
              Path.of(name),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      var zeros = ByteBuffer.allocateDirect(1 << 20);
      for (long at = 0; at < (long) FILE_RECORDS * RECORD_BYTES; at += zeros.capacity()) {
        file.write(zeros.clear(), at);
      }
      file.force(true);
    }

    void append(byte[] record) throws IOException {
      file.write(ByteBuffer.wrap(record), appended % FILE_RECORDS * RECORD_BYTES);
      appended++;
      if (synced) {
        file.force(false);
      }
    }

    long appended() {
      return appended;
    }
  }

  private static void follow(Socket leader, Log log) throws IOException {
    var in = new DataInputStream(leader.getInputStream());
    byte[] record = new byte[RECORD_BYTES];
    while (true) {
      in.readFully(record);
      log.append(record);
      leader.getOutputStream().write(record, 0, REPLY_BYTES);
    }
  }

  private static void prepare(Socket leader) throws IOException {
    var in = new DataInputStream(leader.getInputStream());
    byte[] record = new byte[RECORD_BYTES];
    while (true) {
      in.readFully(record);
      leader.getOutputStream().write(record, 0, REPLY_BYTES);
      in.readFully(record, 0, REPLY_BYTES);
    }
  }

  private static void lead(Socket gateway, Log log, SocketChannel[] followers, Socket catalog)
      throws IOException {
    var asked = new DataInputStream(gateway.getInputStream());
    var prepared = new DataInputStream(catalog.getInputStream());
    byte[] record = new byte[RECORD_BYTES];
    byte[] reply = new byte[REPLY_BYTES];
    try (var acknowledgements = new Acknowledgements(followers)) {
      while (true) {
        asked.readFully(record);
        for (SocketChannel follower : followers) {
          follower.write(ByteBuffer.wrap(record));
        }
        catalog.getOutputStream().write(record);
        log.append(record);
        // One of the two is enough; the other one's is read when it comes.
        acknowledgements.await(log.appended());
        prepared.readFully(reply);
        gateway.getOutputStream().write(reply);
        catalog.getOutputStream().write(reply);
      }
    }
  }

  /** What the followers say that they have. */
  private static final class Acknowledgements implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 12);
    private final long[] bytes;

    Acknowledgements(SocketChannel[] followers) throws IOException {
      bytes = new long[followers.length];
      for (int i = 0; i < followers.length; i++) {
        followers[i].configureBlocking(false).register(selector, SelectionKey.OP_READ, i);
      }
    }

    /** Returns when any of them has so many records. */
    void await(long records) throws IOException {
      while (Arrays.stream(bytes).max().orElseThrow() < records * REPLY_BYTES) {
        selector.select(this::read);
      }
    }

    private void read(SelectionKey ready) {
      try {
        int count = ((SocketChannel) ready.channel()).read(in.clear());
        if (count < 0) {
          throw new EOFException();
        }
        bytes[(Integer) ready.attachment()] += count;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      selector.close();
    }
  }

  private static void serve(ServerSocket server, Socket leader) throws IOException {
    var replies = new DataInputStream(leader.getInputStream());
    byte[] record = new byte[RECORD_BYTES];
    while (true) {
      try (Socket client = accept(server)) {
        var in = new BufferedInputStream(client.getInputStream());
        while (isAsked(in)) {
          leader.getOutputStream().write(record);
          replies.readFully(record, 0, REPLY_BYTES);
          answer(client);
        }
      }
    }
  }

  /** False at the end of the session, which a client may break off in the middle of a request. */
  private static boolean isAsked(InputStream in) {
    try {
      return skipRequest(in);
    } catch (IOException e) {
      return false;
    }
  }

  private static void answer(Socket client) {
    try {
      client.getOutputStream().write(ANSWER);
    } catch (IOException e) {
      // The client is gone; the next read says so.
    }
  }

  /** Reads one request with a body of JSON; false at the end of the stream. */
  private static boolean skipRequest(InputStream in) throws IOException {
    int seen = in.read();
    while (seen >= 0 && seen != '}') {
      seen = in.read();
    }
    return seen >= 0;
  }
}
