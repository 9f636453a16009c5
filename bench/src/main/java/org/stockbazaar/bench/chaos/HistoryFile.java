package org.stockbazaar.bench.chaos;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stockbazaar.bench.chaos.Operation.Event;
import org.stockbazaar.bench.chaos.Operation.Found;
import org.stockbazaar.bench.chaos.Operation.Looked;
import org.stockbazaar.bench.chaos.Operation.NotFound;
import org.stockbazaar.bench.chaos.Operation.Refused;
import org.stockbazaar.bench.chaos.Operation.Traded;
import org.stockbazaar.bench.chaos.Operation.Unanswered;
import org.stockbazaar.protocol.message.Side;

/** A run's history as CSV, one line for each operation; what does not apply stays empty. */
final class HistoryFile {
  private static final String HEADER =
      "client,ordinal,gateway,first_nanos,call_nanos,reply_nanos,event,open,key,name,type,quantity,"
          + "trading_volume,number\n";

  private final List<String> stocks;
  private final long startNanos;

  HistoryFile(List<String> stocks, long startNanos) {
    this.stocks = stocks;
    this.startNanos = startNanos;
  }

  /** Writes it, in a directory that is made where there is none. */
  void write(Path file, List<History> histories) throws IOException {
    Files.createDirectories(file.getParent());
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      for (History history : histories) {
        history.forEach(operation -> write(out, operation));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(BufferedWriter out, Operation operation) {
    try {
      out.write(
          operation.client()
              + ","
              + operation.ordinal()
              + ","
              + (operation.gateway() + 1)
              + ","
              + (operation.first() - startNanos)
              + ","
              + (operation.call() - startNanos)
              + ","
              + (operation.reply() - startNanos)
              + ","
              + event(operation.event())
              + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String event(Event event) {
    if (event instanceof Looked looked) {
      return "looked,,,"
          + stocks.get(looked.stock())
          + ",,"
          + looked.quantity()
          + ","
          + looked.volume()
          + ",";
    }
    if (event instanceof Found found) {
      String name = found.stock() < 0 ? "" : stocks.get(found.stock());
      return "found,,," + trade(name, found.side(), found.quantity()) + found.number();
    }
    if (event instanceof NotFound notFound) {
      return "not_found,,,,,,," + notFound.number();
    }
    Order order = History.order(event);
    String what = Wording.key(order).replace("key ", "") + ",";
    what += trade(stocks.get(order.stock()), order.side(), order.quantity());
    if (event instanceof Traded traded) {
      return "traded,," + what + traded.number();
    }
    return event instanceof Refused refused
        ? "refused," + refused.open() + "," + what
        : "unanswered," + ((Unanswered) event).open() + "," + what;
  }

  private static String trade(String name, Side side, long quantity) {
    return name + "," + side.word() + "," + quantity + ",,";
  }
}
