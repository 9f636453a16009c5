package org.stockbazaar.bench.chaos;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.stockbazaar.bench.chaos.Operation.Event;
import org.stockbazaar.bench.chaos.Operation.Found;
import org.stockbazaar.bench.chaos.Operation.Looked;
import org.stockbazaar.bench.chaos.Operation.NotFound;
import org.stockbazaar.bench.chaos.Operation.Refused;
import org.stockbazaar.bench.chaos.Operation.Traded;
import org.stockbazaar.bench.chaos.Operation.Unanswered;
import org.stockbazaar.bench.check.LoggedStock;
import org.stockbazaar.bench.check.Offence;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/**
 * Holds what the clients saw against the order log, and against each other.
 *
 * <p>The log says which orders were made, in which order and under which keys. What clients say
 * must fit: every number they were given, every order they found; and nothing may be in the log
 * that no client can have caused. Then each stock's part of the history, with the lookups of its
 * orders, must be linearizable in the log's order.
 */
final class Judge {
  private final List<Stock> stocks;
  private final Keys keys;
  private final List<History> histories;
  private final RunLog log;
  private final Wording wording;
  // Keys of orders that may have been made without an answer, with their place in the log.
  private final Map<Key, Integer> open = new HashMap<>();
  private final BitSet answered = new BitSet();

  /**
   * @param stocks those of the run, as they were when it began
   * @param startNanos what times in evidence are counted from
   */
  Judge(List<Stock> stocks, Keys keys, List<History> histories, RunLog log, long startNanos) {
    this.stocks = stocks;
    this.keys = keys;
    this.histories = histories;
    this.log = log;
    wording = new Wording(stocks.stream().map(Stock::name).toList(), startNanos);
  }

  /** One finding for each check. */
  List<Finding> findings() {
    if (log.trouble() != null) {
      return List.of(new Finding("order log", log.size(), List.of(log.trouble())));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(acknowledged());
    findings.add(caused());
    findings.add(found());
    int[] places = placesByStock();
    for (int stock = 0; stock < stocks.size(); stock++) {
      findings.add(new OneStock(stock, places).finding());
    }
    return findings;
  }

  private void forEach(Consumer<Operation> visitor) {
    histories.forEach(history -> history.forEach(visitor));
  }

  // ---- orders ----------------------------------------------------------------------------------

  /** Every number that was given is in the log, under its key, for this order. */
  private Finding acknowledged() {
    var evidence = new Evidence();
    long[] examined = {0};
    forEach(
        operation -> {
          Event event = operation.event();
          if (event instanceof Traded traded) {
            examined[0]++;
            String wrong = difference(traded);
            if (wrong != null) {
              evidence.add(wording.of(operation) + "; " + wrong);
            }
          } else if (mayHaveHappened(event)) {
            open.put(keys.logged(History.order(event)), -1);
          }
        });
    return evidence.finding("acknowledged orders are in the log", examined[0]);
  }

  private static boolean mayHaveHappened(Event event) {
    return (event instanceof Refused refused && refused.open())
        || (event instanceof Unanswered unanswered && unanswered.open());
  }

  private String difference(Traded traded) {
    Order order = traded.order();
    if (!log.has(traded.number())) {
      return "the log has no such order";
    }
    int place = log.place(traded.number());
    if (!log.key(place).equals(keys.logged(order))) {
      return "the log has that number under another key";
    }
    answered.set(place);
    return isSame(place, order.stock(), order.side(), order.quantity())
        ? null
        : "the log has there " + logged(place);
  }

  private boolean isSame(int place, int stock, Side side, long quantity) {
    return log.stock(place) == stock && log.side(place) == side && log.quantity(place) == quantity;
  }

  private String logged(int place) {
    return wording.trade(log.side(place), log.quantity(place), log.stock(place));
  }

  /** Nothing is in the log twice, and nothing that no client can have caused. */
  private Finding caused() {
    var evidence = new Evidence();
    log.repeatedKeys().forEach(evidence::add);
    for (int place = 0; place < log.size(); place++) {
      Key key = log.key(place);
      if (open.containsKey(key)) {
        open.put(key, place);
      } else if (!answered.get(place)) {
        evidence.add(
            evidence.wantsMore() ? "order " + log.number(place) + ": " + whoPlaced(place) : "");
      }
    }
    return evidence.finding("the log has each of them once, and no others", log.size());
  }

  private String whoPlaced(int place) {
    Key key = log.key(place);
    List<String> seen = new ArrayList<>();
    forEach(
        operation -> {
          Event event = operation.event();
          boolean placing =
              event instanceof Traded || event instanceof Refused || event instanceof Unanswered;
          if (placing && keys.logged(History.order(event)).equals(key)) {
            seen.add(wording.of(operation));
          }
        });
    return logged(place)
        + (seen.isEmpty()
            ? " was placed by no client of this run; nobody else may trade meanwhile"
            : " surely was not made, say its only answers: " + String.join("; ", seen));
  }

  /** Orders that were looked up are those in the log. */
  private Finding found() {
    var evidence = new Evidence();
    long[] examined = {0};
    forEach(
        operation -> {
          if (operation.event() instanceof Found found) {
            examined[0]++;
            String wrong = difference(found);
            if (wrong != null) {
              evidence.add(wording.of(operation) + "; " + wrong);
            }
          } else if (operation.event() instanceof NotFound notFound) {
            examined[0]++;
            if (notFound.number() < log.firstNumber()) {
              evidence.add(wording.of(operation) + "; it was there before the run");
            }
          }
        });
    return evidence.finding("orders looked up are as in the log", examined[0]);
  }

  private String difference(Found found) {
    if (found.number() < log.firstNumber()) {
      return null;
    }
    if (!log.has(found.number())) {
      return "the log has no such order";
    }
    int place = log.place(found.number());
    return isSame(place, found.stock(), found.side(), found.quantity())
        ? null
        : "the log has there " + logged(place);
  }

  // ---- one stock's history ----------------------------------------------------------------------

  /** For each order in the log, how many orders of its stock there are up to it. */
  private int[] placesByStock() {
    var counts = new int[stocks.size()];
    var places = new int[log.size()];
    for (int place = 0; place < log.size(); place++) {
      if (log.stock(place) >= 0) {
        places[place] = ++counts[log.stock(place)];
      }
    }
    return places;
  }

  private final class OneStock {
    private final int stock;
    private final int[] places;
    private final LoggedStock logged;
    private long examined;

    OneStock(int stock, int[] places) {
      this.stock = stock;
      this.places = places;
      logged = new LoggedStock(stocks.get(stock).quantity(), stocks.get(stock).volume());
      for (int place = 0; place < log.size(); place++) {
        if (log.stock(place) == stock) {
          logged.logged(log.side(place), log.quantity(place));
        }
      }
    }

    Finding finding() {
      forEach(this::tell);
      Offence offence = logged.check();
      return new Finding(
          "linearizable: " + stocks.get(stock).name(),
          examined,
          offence == null ? List.of() : evidence(offence));
    }

    private void tell(Operation operation) {
      Event event = operation.event();
      if (event instanceof Looked looked) {
        if (looked.stock() == stock) {
          examined++;
          logged.looked(
              operation.call(),
              operation.reply(),
              looked.quantity(),
              looked.volume(),
              operation.id());
        }
      } else if (event instanceof Found found) {
        known(operation, found.number());
      } else if (event instanceof NotFound notFound) {
        if (isHere(notFound.number())) {
          examined++;
          logged.missing(k(notFound.number()), operation.call(), operation.id());
        }
      } else if (History.order(event).stock() == stock) {
        examined++;
        placed(operation);
      }
    }

    private void placed(Operation operation) {
      Event event = operation.event();
      Order order = History.order(event);
      if (event instanceof Traded traded && isHere(traded.number())) {
        logged.sent(k(traded.number()), operation.first(), operation.id());
        known(operation, traded.number());
      }
      if (mayHaveHappened(event)) {
        int place = open.getOrDefault(keys.logged(order), -1);
        if (place >= 0 && log.stock(place) == stock) {
          logged.sent(places[place], operation.first(), operation.id());
        }
      }
      if (event instanceof Refused) {
        // Nothing but want of shares is a reason here, so a sell must never be refused.
        long shares = order.side() == Side.BUY ? order.quantity() : 0;
        logged.refused(operation.call(), operation.reply(), shares, operation.id());
      }
    }

    private void known(Operation operation, long number) {
      if (isHere(number)) {
        examined += operation.event() instanceof Found ? 1 : 0;
        logged.known(k(number), operation.reply(), operation.id());
      }
    }

    private boolean isHere(long number) {
      return log.has(number) && log.stock(log.place(number)) == stock;
    }

    private int k(long number) {
      return places[log.place(number)];
    }

    private List<String> evidence(Offence offence) {
      List<String> lines = new ArrayList<>();
      if (offence.first() != Offence.NONE) {
        lines.add(wording.of(operation(offence.first())));
      }
      lines.add(wording.of(operation(offence.second())));
      lines.add(
          switch (offence.rule()) {
            case NEVER_THERE -> "it never was that; near it were " + states(offence);
            case BACK_IN_TIME ->
                "the first knows of order "
                    + number(offence.from())
                    + " (then "
                    + state(offence.from())
                    + "), the second goes back behind it";
            case REFUSED_WITHOUT_NEED -> "meanwhile there were " + states(offence);
          });
      return lines;
    }

    private String states(Offence offence) {
      List<String> states = new ArrayList<>();
      for (int k = offence.from(); k <= offence.to() && states.size() < 10; k++) {
        states.add(state(k));
      }
      return String.join("; ", states);
    }

    private String state(int k) {
      return Wording.state(logged.quantity(k), logged.volume(k));
    }

    private long number(int k) {
      for (int place = 0; place < log.size(); place++) {
        if (log.stock(place) == stock && places[place] == k) {
          return log.number(place);
        }
      }
      throw new IllegalStateException("no trade " + k);
    }
  }

  private Operation operation(long id) {
    var found = new Operation[1];
    for (History history : histories) {
      history.forEach(
          operation -> {
            if (operation.id() == id) {
              found[0] = operation;
            }
          });
    }
    return found[0];
  }
}
