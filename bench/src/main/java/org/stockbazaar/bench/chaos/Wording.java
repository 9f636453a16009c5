package org.stockbazaar.bench.chaos;

import java.util.List;
import org.stockbazaar.bench.chaos.Operation.Event;
import org.stockbazaar.bench.chaos.Operation.Found;
import org.stockbazaar.bench.chaos.Operation.Looked;
import org.stockbazaar.bench.chaos.Operation.NotFound;
import org.stockbazaar.bench.chaos.Operation.Refused;
import org.stockbazaar.bench.chaos.Operation.Traded;
import org.stockbazaar.protocol.message.Side;

/** Puts operations into words. */
final class Wording {
  private static final double SECOND = 1e9;

  private final List<String> stocks;
  private final long startNanos;

  /**
   * @param startNanos what times are counted from
   */
  Wording(List<String> stocks, long startNanos) {
    this.stocks = stocks;
    this.startNanos = startNanos;
  }

  /** One line. */
  String of(Operation operation) {
    return String.format(
        "%s to %s s, client %d by gateway-%d: %s",
        seconds(operation.first()),
        seconds(operation.reply()),
        operation.client(),
        operation.gateway() + 1,
        of(operation.event()));
  }

  String seconds(long nanos) {
    return String.format("%.6f", (nanos - startNanos) / SECOND);
  }

  private String of(Event event) {
    if (event instanceof Looked looked) {
      return stocks.get(looked.stock()) + " has " + state(looked.quantity(), looked.volume());
    }
    if (event instanceof Found found) {
      return "order "
          + found.number()
          + " is "
          + trade(found.side(), found.quantity(), found.stock());
    }
    if (event instanceof NotFound notFound) {
      return "order " + notFound.number() + " is not found";
    }
    Order order = History.order(event);
    String placed = trade(order.side(), order.quantity(), order.stock()) + " (" + key(order) + ") ";
    if (event instanceof Traded traded) {
      return placed + "is order " + traded.number();
    }
    return placed + (event instanceof Refused ? "is refused" : "has no final answer");
  }

  /** "buy 3 of GameStart". */
  String trade(Side side, long quantity, int stock) {
    return side.word()
        + " "
        + quantity
        + " of "
        + (stock < 0 ? "another stock" : stocks.get(stock));
  }

  static String state(long quantity, long volume) {
    return "quantity " + quantity + ", volume " + volume;
  }

  static String key(Order order) {
    return "key " + order.placer() + "-" + order.ordinal();
  }
}
