package org.stockbazaar.bench.micro;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stockbazaar.gateway.client.LiveMarket;
import org.stockbazaar.gateway.client.MarketOptions;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.HttpAccess;
import org.stockbazaar.gateway.http.HttpLimits;
import org.stockbazaar.gateway.http.HttpServer;
import org.stockbazaar.gateway.http.RefusedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * Requests through a whole gateway, from the bytes that a socket would give it to those that it
 * would take: codec, session, routes, market, cache, calls. The nodes behind it answer at once.
 * Beside it, a server that is nothing but Netty's codec and one handler, for the same lookup.
 *
 * <p>So much code takes the compilers more than two seconds, and much longer beside other work.
 */
@Warmup(iterations = 5, time = 2)
public class HttpBenchmark extends MicroBenchmark {
  private static final String LOOKUP =
      "GET /stocks/GameStart HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";
  private static final String ORDER = "{\"name\":\"GameStart\",\"type\":\"sell\",\"quantity\":100}";
  private static final String TRADE =
      "POST /orders HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/json\r\n"
          + "Content-Length: "
          + ORDER.length()
          + "\r\n\r\n"
          + ORDER;

  private final byte[] order = ORDER.getBytes(StandardCharsets.US_ASCII);
  private HttpWire lookup;
  private HttpWire trade;
  private HttpWire bare;

  @Setup
  public void open() {
    lookup = gateway(LOOKUP);
    trade = gateway(TRADE);
    String reply = lookup.reply();
    Invariant.check(reply.contains("\"price\":15.99"), "a stock is found", reply);
    // From now on it is cached.
    Invariant.check(reply.equals(lookup.reply()), "equal lookups have equal replies", reply);
    String traded = trade.reply();
    Invariant.check(traded.contains("\"transaction_number\":1}"), "a trade succeeds", traded);
    var channel = new EmbeddedChannel(new HttpServerCodec(), BareReplies.of(reply));
    bare = new HttpWire(channel, LOOKUP);
    Invariant.check(reply.equals(bare.reply()), "both send the same", reply);
  }

  private static HttpWire gateway(String request) {
    var channel = EmbeddedChannel.builder().ticker(new StandingClock()).build();
    var metrics = new Metrics();
    var options =
        MarketOptions.of(
            new HostPort("catalog", 1), PeerList.parse("1=order-1:1,2=order-2:1,3=order-3:1"));
    var nodes = new PlayedNodes(channel.eventLoop());
    var start = new GatewayStart(1, 1);
    var market = LiveMarket.open(nodes, start, options, new SplittableRandom(1), metrics);
    var server =
        new HttpServer(
            market, metrics, start, HttpLimits.standard(), channel.eventLoop().ticker()::nanoTime);
    HttpAccess.open(server, channel);
    market.start();
    channel.runPendingTasks();
    Invariant.check(market.missing().isEmpty(), "the gateway is ready", market.missing());
    return new HttpWire(channel, request);
  }

  @TearDown
  public void close() {
    lookup.close();
    trade.close();
    bare.close();
  }

  @Benchmark
  public int lookup() {
    return lookup.ask();
  }

  @Benchmark
  public int bareLookup() {
    return bare.ask();
  }

  @Benchmark
  public int trade() {
    return trade.ask();
  }

  /** The body alone. */
  @Benchmark
  public Record order() throws RefusedException {
    return HttpAccess.order(order);
  }
}
