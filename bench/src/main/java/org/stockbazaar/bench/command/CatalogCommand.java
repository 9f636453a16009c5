package org.stockbazaar.bench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.NodeCall;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.StockSeen;
import org.stockbazaar.bench.session.UnansweredException;
import org.stockbazaar.catalog.server.StocksFile;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Stock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads and extends the catalog of a running system. */
@Command(
    name = "catalog",
    description = "Export the stocks of the running system as CSV, or list new ones.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CatalogCommand.Export.class, CatalogCommand.ListFile.class})
final class CatalogCommand implements Runnable {
  @SuppressWarnings("UnusedVariable") // for its options
  @Mixin
  private Where where;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? export or list FILE");
  }

  /** Writes all stocks. */
  @Command(name = "export", description = "Write all stocks as CSV to standard output.")
  static final class Export implements Callable<Integer> {
    private static final long DEADLINE_MILLIS = 10_000;

    @Mixin private Where where;

    @Option(
        names = "--gateway",
        paramLabel = "HOST:PORT",
        description = "The gateway (default: the first one of the system in --data).")
    private HostPort gateway;

    @Override
    public Integer call() {
      HostPort address = where.gateway(gateway);
      try (var client = new GatewayClient(address, DEADLINE_MILLIS)) {
        List<StockSeen> stocks = client.stocks();
        if (where.json()) {
          where.sayJson(stocks);
          return 0;
        }
        where.out().println("name,price,quantity,trading_volume,max_trading_volume");
        for (StockSeen stock : stocks) {
          where.out().println(line(stock));
        }
        where.out().flush();
        return 0;
      } catch (UnansweredException e) {
        throw new FailedException(e.getMessage(), e);
      }
    }

    private static String line(StockSeen stock) {
      return String.join(
          ",",
          stock.name(),
          stock.price(),
          String.valueOf(stock.quantity()),
          String.valueOf(stock.tradingVolume()),
          stock.volumeMax() == 0 ? "" : String.valueOf(stock.volumeMax()));
    }
  }

  /** Lists new stocks. */
  @Command(
      name = "list",
      description = {
        "List the stocks in FILE that are new; those of known names stay as they are.",
        "FILE is CSV; its first line is name,price,quantity,max_trading_volume."
      })
  static final class ListFile implements Callable<Integer> {
    private static final int STOCKS_PER_CALL = 1000;
    private static final int PROGRESS_STOCKS = 50_000;
    private static final long CALL_MILLIS_MAX = 60_000;

    @Mixin private Where where;

    @Parameters(paramLabel = "FILE", description = "The stocks.")
    private Path file;

    @Override
    public Integer call() {
      StocksFile stocks = StocksFile.of(file);
      Cluster cluster = where.cluster();
      long added = 0;
      long known = 0;
      try (var catalog = new NodeCall(cluster.layout(), cluster.node("catalog"))) {
        Iterator<Stock> rest = stocks.iterator();
        while (rest.hasNext()) {
          List<Stock> call = new ArrayList<>();
          while (rest.hasNext() && call.size() < STOCKS_PER_CALL) {
            call.add(rest.next());
          }
          var listed = (Message.Listed) catalog.ask(new Message.ListStocks(call), CALL_MILLIS_MAX);
          added += listed.added();
          known += listed.known();
          progress(stocks.count(), added + known);
        }
      }
      if (where.json()) {
        where.sayJson(Map.of("added", added, "known", known));
      } else {
        where.say(added + " listed, " + known + " known before.");
      }
      return 0;
    }

    private void progress(long all, long done) {
      if (done % PROGRESS_STOCKS == 0) {
        where.progress(done + " of " + all + " stocks");
      }
    }
  }
}
