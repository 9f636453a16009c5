package org.stockbazaar.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.check.Linearizability.Verdict;
import org.stockbazaar.bench.check.StockModel.Event;
import org.stockbazaar.bench.check.StockModel.Looked;
import org.stockbazaar.bench.check.StockModel.Refused;
import org.stockbazaar.bench.check.StockModel.State;
import org.stockbazaar.bench.check.StockModel.Traded;
import org.stockbazaar.bench.check.StockModel.Unknown;
import org.stockbazaar.protocol.message.Side;

class LinearizabilityTest {
  private static final StockModel MODEL = new StockModel(3, 0);

  private static Operation<Event> at(long call, long reply, Event event) {
    return new Operation<>(call, reply, event);
  }

  private static Verdict check(List<Operation<Event>> history) {
    return new Linearizability<>(MODEL, 1_000_000).check(history);
  }

  @Test
  void anEmptyHistoryIsLinearizable() {
    assertThat(check(List.of())).isEqualTo(Verdict.LINEARIZABLE);
  }

  @Test
  void aLookupMayNotGoBackInTime() {
    var buy = at(0, 10, new Traded(Side.BUY, 1));
    assertThat(check(List.of(buy, at(11, 12, new Looked(2, 1))))).isEqualTo(Verdict.LINEARIZABLE);
    assertThat(check(List.of(buy, at(11, 12, new Looked(3, 0)))))
        .isEqualTo(Verdict.NOT_LINEARIZABLE);
  }

  @Test
  void aLookupBesideATradeMaySeeEitherButNotOneAfterTheOther() {
    var buy = at(0, 10, new Traded(Side.BUY, 1));
    assertThat(check(List.of(buy, at(1, 2, new Looked(3, 0)), at(3, 4, new Looked(2, 1)))))
        .isEqualTo(Verdict.LINEARIZABLE);
    assertThat(check(List.of(buy, at(1, 2, new Looked(2, 1)), at(3, 4, new Looked(3, 0)))))
        .isEqualTo(Verdict.NOT_LINEARIZABLE);
  }

  @Test
  void anUnknownTradeMayHappenLateOrNever() {
    var unknown = at(0, Operation.OPEN, new Unknown(Side.BUY, 3));
    assertThat(check(List.of(unknown, at(5, 6, new Looked(3, 0)), at(7, 8, new Looked(0, 3)))))
        .isEqualTo(Verdict.LINEARIZABLE);
    assertThat(check(List.of(unknown, at(5, 6, new Looked(3, 0))))).isEqualTo(Verdict.LINEARIZABLE);
    assertThat(check(List.of(unknown, at(5, 6, new Looked(0, 3)), at(7, 8, new Looked(3, 0)))))
        .isEqualTo(Verdict.NOT_LINEARIZABLE);
  }

  @Test
  void aRefusalNeedsAMomentWithTooFewShares() {
    assertThat(check(List.of(at(0, 1, new Refused(3))))).isEqualTo(Verdict.NOT_LINEARIZABLE);
    assertThat(check(List.of(at(0, 5, new Refused(3)), at(1, 4, new Traded(Side.BUY, 1)))))
        .isEqualTo(Verdict.LINEARIZABLE);
  }

  @Test
  void givesUpWhenToldTo() {
    var history = List.of(at(0, 1, new Looked(3, 0)));
    assertThat(new Linearizability<>(MODEL, 0).check(history)).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void agreesWithBruteForceOnSmallHistories() {
    var random = new Random(20261121);
    int linearizable = 0;
    int histories = 4_000;
    for (int i = 0; i < histories; i++) {
      List<Operation<Event>> history = someHistory(random);
      boolean expected = bruteForce(MODEL.initial(), new ArrayList<>(history));
      linearizable += expected ? 1 : 0;
      assertThat(check(history))
          .as("%s", history)
          .isEqualTo(expected ? Verdict.LINEARIZABLE : Verdict.NOT_LINEARIZABLE);
    }
    // Both verdicts must be common, or the comparison shows little.
    assertThat(linearizable).isBetween(histories / 10, histories * 9 / 10);
  }

  private static List<Operation<Event>> someHistory(Random random) {
    var history = new ArrayList<Operation<Event>>();
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      long call = random.nextInt(10);
      long shares = 1L + random.nextInt(2);
      Event event =
          switch (random.nextInt(5)) {
            case 0 -> new Refused(2 + random.nextInt(2));
            case 1, 2 -> new Traded(random.nextBoolean() ? Side.BUY : Side.SELL, shares);
            case 3 -> new Unknown(Side.BUY, shares);
            default -> {
              long volume = random.nextInt(3);
              yield new Looked(3 - volume, volume);
            }
          };
      long reply = event instanceof Unknown ? Operation.OPEN : call + random.nextInt(10);
      history.add(at(call, reply, event));
    }
    return history;
  }

  /** Tries every order in which each operation could come first. */
  private static boolean bruteForce(State state, List<Operation<Event>> left) {
    if (left.isEmpty()) {
      return true;
    }
    for (Operation<Event> first : left) {
      boolean allowed = left.stream().allMatch(other -> first.call() <= other.reply());
      State after = allowed ? MODEL.step(state, first.value()) : null;
      if (after != null) {
        var rest = new ArrayList<>(left);
        rest.remove(first);
        if (bruteForce(after, rest)) {
          return true;
        }
      }
    }
    return false;
  }
}
