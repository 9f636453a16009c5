package org.stockbazaar.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.check.Linearizability.Verdict;
import org.stockbazaar.bench.check.Offence.Rule;
import org.stockbazaar.bench.check.StockModel.Looked;
import org.stockbazaar.bench.check.StockModel.Refused;
import org.stockbazaar.bench.check.StockModel.Traded;
import org.stockbazaar.bench.check.StockModel.Unknown;
import org.stockbazaar.protocol.message.Side;

@Tag("B4")
class LoggedStockTest {
  private static final long QUANTITY = 3;

  // ---- what is wrong, and what is told of it
  // -----------------------------------------------------

  private final LoggedStock stock = new LoggedStock(QUANTITY, 0);

  /** Two buys of one share, one after the other: 3, 2, 1 shares. */
  private void twoBuys() {
    buy(10, 20, 1);
    stock.known(buy(30, 40, 2), 40, 2);
  }

  private int buy(long call, long reply, long operation) {
    int k = stock.logged(Side.BUY, 1);
    stock.sent(k, call, operation);
    stock.known(k, reply, operation);
    return k;
  }

  @Test
  void aHistoryInOrderIsGood() {
    twoBuys();
    stock.looked(0, 5, 3, 0, 3);
    stock.looked(12, 15, 3, 0, 4);
    stock.looked(16, 18, 2, 1, 5);
    stock.looked(41, 42, 1, 2, 6);
    stock.refused(35, 36, 2, 7);
    assertThat(stock.check()).isNull();
  }

  @Test
  void findsAStaleLookupBehindANewerOne() {
    twoBuys();
    stock.looked(31, 32, 1, 2, 3);
    stock.looked(33, 34, 2, 1, 4);
    assertThat(stock.check()).isEqualTo(new Offence(Rule.BACK_IN_TIME, 3, 4, 2, 2));
  }

  @Test
  void findsAStaleLookupBehindAnAcknowledgedTrade() {
    twoBuys();
    stock.looked(21, 22, 3, 0, 3);
    assertThat(stock.check()).isEqualTo(new Offence(Rule.BACK_IN_TIME, 1, 3, 1, 2));
  }

  @Test
  void findsALookupThatSawATradeBeforeItWasSent() {
    twoBuys();
    stock.looked(21, 22, 1, 2, 3);
    assertThat(stock.check()).isEqualTo(new Offence(Rule.BACK_IN_TIME, 3, 2, 2, 2));
  }

  @Test
  void findsALookupOfWhatNeverWas() {
    twoBuys();
    stock.looked(31, 32, 2, 2, 3);
    assertThat(stock.check()).isEqualTo(new Offence(Rule.NEVER_THERE, Offence.NONE, 3, 1, 2));
  }

  @Test
  void findsALookupBehindTheEndOfTheLog() {
    twoBuys();
    stock.looked(41, 42, 0, 3, 3);
    assertThat(stock.check()).isEqualTo(new Offence(Rule.NEVER_THERE, Offence.NONE, 3, 1, 2));
  }

  @Test
  void findsARefusalAlthoughThereWasEnough() {
    twoBuys();
    stock.refused(21, 29, 2, 3);
    assertThat(stock.check())
        .isEqualTo(new Offence(Rule.REFUSED_WITHOUT_NEED, Offence.NONE, 3, 1, 1));
  }

  @Test
  void aRefusalMayMeetAStateThatOnlyAnOpenTradeLeft() {
    int open = stock.logged(Side.BUY, 3);
    stock.sent(open, 10, 1);
    stock.refused(11, 12, 1, 2);
    assertThat(stock.check()).isNull();
  }

  @Test
  void findsARefusalBehindTheOnlyStateThatAllowedIt() {
    // 3, 0, 3 shares: the lookup says that the 0 in between was over by 30.
    int buy = stock.logged(Side.BUY, 3);
    int sell = stock.logged(Side.SELL, 3);
    stock.sent(buy, 0, 1);
    stock.known(buy, 100, 1);
    stock.sent(sell, 0, 2);
    stock.known(sell, 100, 2);
    stock.refused(40, 50, 1, 3);
    stock.looked(20, 30, 3, 6, 4);
    assertThat(stock.check())
        .isEqualTo(new Offence(Rule.REFUSED_WITHOUT_NEED, Offence.NONE, 3, 2, 2));
  }

  @Test
  void findsAnOrderNotFoundBehindItsAnswer() {
    twoBuys();
    stock.missing(1, 21, 3);
    assertThat(stock.check()).isEqualTo(new Offence(Rule.BACK_IN_TIME, 1, 3, 1, 2));
  }

  @Test
  void findsAnOrderFoundBeforeALookupWithoutIt() {
    twoBuys();
    stock.known(2, 33, 3);
    stock.looked(34, 35, 2, 1, 4);
    assertThat(stock.check()).isEqualTo(new Offence(Rule.BACK_IN_TIME, 3, 4, 2, 2));
  }

  // ---- against the search
  // ------------------------------------------------------------------------

  /** What a client did, on a stock whose log is known: {@code k} is the trade's place in it. */
  private sealed interface Deed {}

  private record Saw(long quantity, long volume) implements Deed {}

  private record Made(int k, boolean answered) implements Deed {}

  private record Refusal(long shares) implements Deed {}

  private record Find(int k, boolean found) implements Deed {}

  /** The specification with the log's order: the state is how many of its trades were made. */
  private record LogModel(List<Traded> log) implements Model<Integer, Deed> {
    @Override
    public Integer initial() {
      return 0;
    }

    long quantity(int state) {
      return QUANTITY
          + log.subList(0, state).stream().mapToLong(t -> t.side().signed(t.shares())).sum();
    }

    long volume(int state) {
      return log.subList(0, state).stream().mapToLong(Traded::shares).sum();
    }

    @Override
    public Integer step(Integer state, Deed deed) {
      if (deed instanceof Made made) {
        return made.k == state + 1 ? made.k : null;
      }
      boolean possible;
      if (deed instanceof Saw saw) {
        possible = saw.quantity == quantity(state) && saw.volume == volume(state);
      } else if (deed instanceof Find find) {
        possible = find.found == (find.k <= state);
      } else {
        possible = quantity(state) < ((Refusal) deed).shares;
      }
      return possible ? state : null;
    }
  }

  private static Offence sweep(List<Traded> log, List<Operation<Deed>> history) {
    var stock = new LoggedStock(QUANTITY, 0);
    log.forEach(trade -> stock.logged(trade.side(), trade.shares()));
    for (int i = 0; i < history.size(); i++) {
      long call = history.get(i).call();
      long reply = history.get(i).reply();
      Deed deed = history.get(i).value();
      if (deed instanceof Made made) {
        stock.sent(made.k, call, i);
        if (made.answered) {
          stock.known(made.k, reply, i);
        }
      } else if (deed instanceof Saw saw) {
        stock.looked(call, reply, saw.quantity, saw.volume, i);
      } else if (deed instanceof Refusal refusal) {
        stock.refused(call, reply, refusal.shares, i);
      } else if (deed instanceof Find find && find.found) {
        stock.known(find.k, reply, i);
      } else {
        stock.missing(((Find) deed).k, call, i);
      }
    }
    return stock.check();
  }

  @Test
  void agreesWithTheSearchThatKnowsTheLog() {
    var random = new Random(20261121);
    int linearizable = 0;
    int histories = 30_000;
    for (int i = 0; i < histories; i++) {
      var log = someLog(random);
      var history = someHistory(random, new LogModel(log));
      Verdict expected = new Linearizability<>(new LogModel(log), 1_000_000).check(history);
      linearizable += expected == Verdict.LINEARIZABLE ? 1 : 0;
      assertThat(sweep(log, history) == null)
          .as("%s %s", log, history)
          .isEqualTo(expected == Verdict.LINEARIZABLE);
    }
    assertThat(linearizable).isBetween(histories / 10, histories * 9 / 10);
  }

  private static List<Traded> someLog(Random random) {
    var log = new ArrayList<Traded>();
    long quantity = QUANTITY;
    int trades = random.nextInt(5);
    for (int k = 1; k <= trades; k++) {
      boolean buy = quantity > 0 && random.nextInt(3) > 0;
      long shares = 1L + (buy ? random.nextInt((int) Math.min(3, quantity)) : random.nextInt(3));
      log.add(new Traded(buy ? Side.BUY : Side.SELL, shares));
      quantity += log.get(k - 1).side().signed(shares);
    }
    return log;
  }

  /** Trades at about the times that their order in the log asks for, and operations around them. */
  private static List<Operation<Deed>> someHistory(Random random, LogModel model) {
    var history = new ArrayList<Operation<Deed>>();
    int trades = model.log.size();
    for (int k = 1; k <= trades; k++) {
      boolean answered = random.nextInt(4) > 0;
      long call = 3L * k + random.nextInt(4) - 3;
      long reply = answered ? call + random.nextInt(8) : Operation.OPEN;
      history.add(new Operation<>(call, reply, new Made(k, answered)));
    }
    int others = 1 + random.nextInt(4);
    for (int i = 0; i < others; i++) {
      long call = random.nextInt(3 * trades + 4);
      int near = (int) Math.min(trades, call / 3 + random.nextInt(2));
      Deed deed =
          switch (random.nextInt(6)) {
            case 0, 1 -> new Refusal(1 + model.quantity(near) + random.nextInt(2) - 1);
            case 2 -> trades == 0 ? new Refusal(4) : new Find(1 + random.nextInt(trades), near > 1);
            default -> new Saw(model.quantity(near) + random.nextInt(20) / 19, model.volume(near));
          };
      history.add(new Operation<>(call, call + random.nextInt(6), deed));
    }
    return history;
  }

  // ---- against the search that knows nothing
  // -----------------------------------------------------

  @Test
  void someOrderOfTheLogIsGoodExactlyIfTheSearchWithoutALogFindsOne() {
    var random = new Random(4);
    int linearizable = 0;
    int histories = 4_000;
    for (int i = 0; i < histories; i++) {
      var events = someEvents(random);
      Verdict expected =
          new Linearizability<>(new StockModel(QUANTITY, 0), 1_000_000).check(events);
      boolean found = anyLog(new ArrayList<>(), new ArrayList<>(), events);
      linearizable += found ? 1 : 0;
      assertThat(found).as("%s", events).isEqualTo(expected == Verdict.LINEARIZABLE);
    }
    assertThat(linearizable).isBetween(histories / 10, histories * 9 / 10);
  }

  private static List<Operation<StockModel.Event>> someEvents(Random random) {
    var events = new ArrayList<Operation<StockModel.Event>>();
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      long call = random.nextInt(10);
      long shares = 1L + random.nextInt(2);
      Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      long volume = random.nextInt(4);
      StockModel.Event event =
          switch (random.nextInt(6)) {
            case 0 -> new Refused(2 + random.nextInt(3));
            case 1, 2 -> new Traded(side, shares);
            case 3 -> new Unknown(side, shares);
            default -> new Looked(QUANTITY + (volume < 2 ? volume : volume - 4), volume);
          };
      long reply = event instanceof Unknown ? Operation.OPEN : call + random.nextInt(10);
      events.add(new Operation<>(call, reply, event));
    }
    return events;
  }

  /** Tries every order of the trades, with each set of those whose outcome is not known. */
  private static boolean anyLog(
      List<Traded> log, List<Integer> makers, List<Operation<StockModel.Event>> events) {
    boolean complete = true;
    for (int i = 0; i < events.size(); i++) {
      StockModel.Event event = events.get(i).value();
      Traded trade = null;
      if (event instanceof Traded traded) {
        trade = traded;
        complete &= makers.contains(i);
      } else if (event instanceof Unknown unknown) {
        trade = new Traded(unknown.side(), unknown.shares());
      }
      if (trade != null && !makers.contains(i) && fits(log, trade)) {
        log.add(trade);
        makers.add(i);
        boolean found = anyLog(log, makers, events);
        log.remove(log.size() - 1);
        makers.remove(makers.size() - 1);
        if (found) {
          return true;
        }
      }
    }
    return complete && sweep(log, withLog(makers, events)) == null;
  }

  private static boolean fits(List<Traded> log, Traded trade) {
    long quantity = new LogModel(log).quantity(log.size());
    return quantity + trade.side().signed(trade.shares()) >= 0;
  }

  private static List<Operation<Deed>> withLog(
      List<Integer> makers, List<Operation<StockModel.Event>> events) {
    var history = new ArrayList<Operation<Deed>>();
    for (int i = 0; i < events.size(); i++) {
      Operation<StockModel.Event> operation = events.get(i);
      Deed deed = null;
      if (makers.contains(i)) {
        deed = new Made(makers.indexOf(i) + 1, operation.value() instanceof Traded);
      } else if (operation.value() instanceof Looked looked) {
        deed = new Saw(looked.quantity(), looked.volume());
      } else if (operation.value() instanceof Refused refused) {
        deed = new Refusal(refused.shares());
      }
      if (deed != null) {
        history.add(new Operation<>(operation.call(), operation.reply(), deed));
      }
    }
    return history;
  }
}
