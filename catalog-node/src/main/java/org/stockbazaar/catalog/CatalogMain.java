package org.stockbazaar.catalog;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stockbazaar.catalog.server.CatalogConfiguration;
import org.stockbazaar.catalog.server.CatalogServer;
import org.stockbazaar.catalog.server.StocksFile;
import org.stockbazaar.protocol.config.Commands;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HealthOptions;
import org.stockbazaar.protocol.config.NodeOptions;
import org.stockbazaar.protocol.process.NodeProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the catalog node. */
@Command(
    name = "catalog-node",
    mixinStandardHelpOptions = true,
    description = "Keeps the stocks as the order log makes them, and looks them up.")
public final class CatalogMain implements Callable<Integer> {
  private static final long STOCKS_LIMIT = 10_000_000;
  private static final long CHECKPOINT_ENTRIES_MIN = 1_000;

  @Mixin private NodeOptions options;
  @Mixin private HealthOptions health;

  @Option(
      names = "--stocks",
      paramLabel = "FILE",
      description =
          "CSV with the stocks to list, name,price,quantity,max_trading_volume; those that are"
              + " listed already stay as they are. Default: ten, 100 shares of each.")
  private Path stocks;

  @Option(
      names = "--stocks-max",
      defaultValue = "100000",
      paramLabel = "N",
      description =
          "How many stocks there can be, 1 to 10,000,000; another number than before rebuilds the"
              + " map (default: ${DEFAULT-VALUE}).")
  private long stocksMax;

  @Option(
      names = "--checkpoint-entries",
      defaultValue = "500000",
      paramLabel = "N",
      description =
          "A checkpoint is written after so many entries of the order log, or as many as there are"
              + " stocks when that is more; at least 1,000 (default: ${DEFAULT-VALUE}).")
  private long checkpointEntries;

  private CatalogMain() {}

  public static void main(String... arguments) {
    System.exit(Commands.run(new CatalogMain(), arguments));
  }

  @Override
  public Integer call() {
    if (stocksMax < 1 || stocksMax > STOCKS_LIMIT) {
      throw new FailedException("--stocks-max " + stocksMax + " is not within 1 to 10,000,000");
    }
    if (checkpointEntries < CHECKPOINT_ENTRIES_MIN) {
      throw new FailedException("--checkpoint-entries " + checkpointEntries + " is below 1,000");
    }
    StocksFile listed = stocks == null ? StocksFile.standard() : StocksFile.of(stocks);
    var configuration =
        new CatalogConfiguration(
            options.listen(),
            health.address(),
            options.data(),
            options.secret(),
            listed,
            stocksMax,
            checkpointEntries,
            options.histogramLog());
    return NodeProcess.run(
        "catalog",
        options,
        transport -> new CatalogServer(transport, configuration, NodeProcess::stop));
  }
}
