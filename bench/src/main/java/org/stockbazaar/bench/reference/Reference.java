package org.stockbazaar.bench.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stockbazaar.bench.cluster.Kind;
import org.stockbazaar.bench.cluster.Ports;
import org.stockbazaar.bench.load.FrameTarget;
import org.stockbazaar.bench.load.HttpTarget;
import org.stockbazaar.bench.load.Target;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;

/** A bare program that runs, to be put under the same load. */
public final class Reference implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final List<String> STOCKS = List.of("GameStart");
  private static final List<String> FILES = List.of("leader", "follower-1", "follower-2");

  private final String name;
  private final List<Bare> processes = new ArrayList<>();
  private Path directory;
  private Target target;

  private Reference(String name) {
    this.name = name;
  }

  /** An HTTP server that gives this reply to everything. */
  public static Reference http(HttpReply reply) {
    var reference = new Reference("a bare Netty HTTP server");
    int port = Ports.free();
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(port), reply.body()));
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      arguments.add(header.getKey());
      arguments.add(header.getValue());
    }
    return reference.start(
        Kind.GATEWAY, BareHttp.class, arguments, new HttpTarget(at(port), STOCKS, 1));
  }

  /** A server that answers frames at once. */
  public static Reference frames(Path secret) {
    int port = Ports.free();
    return new Reference("a bare frame server")
        .start(
            Kind.ORDER,
            BareFrames.class,
            List.of(String.valueOf(port), secret.toString()),
            new FrameTarget(1, at(port), ClusterSecret.load(secret), 1, STOCKS, 1));
  }

  /**
   * The hops and syncs of a trade, for one client.
   *
   * @param beside where the order nodes' files lie: the syncs are to meet the same disk
   * @param sync disk or os, as the order nodes have it
   */
  public static Reference trade(Path beside, String sync) {
    var reference = new Reference("a bare program with the same hops and syncs");
    try {
      reference.directory = Files.createTempDirectory(beside, "reference-");
      return reference.startTrade(sync);
    } catch (IOException e) {
      throw new FailedException("cannot write in " + beside + ": " + e, e);
    }
  }

  private Reference startTrade(String sync) {
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ports.add(String.valueOf(Ports.free()));
    }
    try {
      role(Kind.ORDER, "follower", ports.get(0), file(1), sync);
      role(Kind.ORDER, "follower", ports.get(1), file(2), sync);
      role(Kind.CATALOG, "catalog", ports.get(2));
      role(
          Kind.ORDER,
          "leader",
          ports.get(3),
          file(0),
          sync,
          ports.get(2),
          ports.get(0),
          ports.get(1));
      role(Kind.GATEWAY, "gateway", ports.get(4), ports.get(3));
    } catch (FailedException e) {
      close();
      throw e;
    }
    target = new HttpTarget(at(Integer.parseInt(ports.get(4))), STOCKS, 1);
    return this;
  }

  private String file(int i) {
    return directory.resolve(FILES.get(i)).toString();
  }

  private void role(Kind kind, String... arguments) {
    processes.add(Bare.start(kind, BareTrade.class, arguments));
  }

  private Reference start(Kind kind, Class<?> program, List<String> arguments, Target started) {
    processes.add(Bare.start(kind, program, arguments.toArray(String[]::new)));
    target = started;
    return this;
  }

  private static HostPort at(int port) {
    return new HostPort(HOST, port);
  }

  /** What to put under load. */
  public Target target() {
    return target;
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    processes.forEach(Bare::close);
    if (directory != null) {
      for (String file : FILES) {
        directory.resolve(file).toFile().delete();
      }
      directory.toFile().delete();
    }
  }
}
