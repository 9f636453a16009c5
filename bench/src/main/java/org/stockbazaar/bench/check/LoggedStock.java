package org.stockbazaar.bench.check;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.bench.check.Offence.Rule;
import org.stockbazaar.protocol.message.Side;

/**
 * Decides whether a long history of one stock, with the order lookups of its trades, is
 * linearizable when the order of its trades is known: the order log has it. Then the search of
 * {@link Linearizability} becomes a sweep of O(n log n), and the answer is exact.
 *
 * <p>The stock's <em>state</em> k is what the first k trades leave. Trade k happens at a moment
 * p(k); p(1) ≤ p(2) ≤ …
 *
 * <pre>
 *          p(1)        p(2)                    p(3)
 *  state 0  |  state 1  |       state 2         |  state 3
 * </pre>
 *
 * A trade happens between its call and its reply. Each trade adds to the volume, so a lookup names
 * its state k: it is possible exactly if p(k) ≤ its reply and p(k+1) ≥ its call. An order found is
 * p(k) ≤ reply, one not found p(k) ≥ call. So every moment has a latest lower and an earliest upper
 * bound, and without refusals the history is linearizable exactly if no lower bound, carried to
 * later trades, lies behind an upper bound, carried to earlier ones.
 *
 * <p>A refusal must meet some state with too few shares. The sweep stays in each state as long as
 * bounds and refusals about to end allow: whoever goes on earlier can do nothing that staying could
 * not do later, since all states up to there can be passed in one moment.
 */
public final class LoggedStock {
  private static final long EARLIEST = Long.MIN_VALUE;
  private static final long LATEST = Long.MAX_VALUE;

  private final Longs quantities = new Longs();
  private final Longs volumes = new Longs();
  // When each trade was sent first, and by whom; LATEST while nobody is known to have sent it.
  private final Longs sent = new Longs();
  private final Longs sentBy = new Longs();
  private final Longs lower = new Longs();
  private final Longs lowerBy = new Longs();
  private final Longs upper = new Longs();
  private final Longs upperBy = new Longs();
  private final Longs refusalCalls = new Longs();
  private final Longs refusalReplies = new Longs();
  private final Longs refusalShares = new Longs();
  private final Longs refusalBy = new Longs();
  private Offence neverThere;

  /** The stock before the first trade. */
  public LoggedStock(long quantity, long volume) {
    state(quantity, volume);
  }

  private void state(long quantity, long volume) {
    quantities.add(quantity);
    volumes.add(volume);
    sent.add(LATEST);
    sentBy.add(Offence.NONE);
    lower.add(EARLIEST);
    lowerBy.add(Offence.NONE);
    upper.add(LATEST);
    upperBy.add(Offence.NONE);
  }

  // ---- the log ---------------------------------------------------------------------------------

  /** The next trade in the log. All are told before any operation is; returns its k, from 1. */
  public int logged(Side side, long shares) {
    int last = last();
    state(quantities.get(last) + side.signed(shares), volumes.get(last) + shares);
    return last + 1;
  }

  /** The last state. */
  public int last() {
    return quantities.size() - 1;
  }

  public long quantity(int state) {
    return quantities.get(state);
  }

  public long volume(int state) {
    return volumes.get(state);
  }

  // ---- operations: each with a number of its own, by which an offence names it
  // -------------------

  /** Trade k was sent then, perhaps not for the first time: it happened at the first or later. */
  public void sent(int k, long call, long operation) {
    if (call < sent.get(k)) {
      sent.set(k, call);
      sentBy.set(k, operation);
    }
  }

  /** Trade k was known to have happened then: acknowledged, repeated by its key, or looked up. */
  public void known(int k, long reply, long operation) {
    if (reply < upper.get(k)) {
      upper.set(k, reply);
      upperBy.set(k, operation);
    }
  }

  /** Trade k had not happened yet at some moment after this one. */
  public void missing(int k, long call, long operation) {
    if (call > lower.get(k)) {
      lower.set(k, call);
      lowerBy.set(k, operation);
    }
  }

  /** A lookup showed this. */
  public void looked(long call, long reply, long quantity, long volume, long operation) {
    int k = volumes.find(volume);
    if (k < 0 || quantities.get(k) != quantity) {
      if (neverThere == null) {
        int near = k < 0 ? Math.min(-k - 1, last()) : k;
        neverThere =
            new Offence(Rule.NEVER_THERE, Offence.NONE, operation, Math.max(0, near - 1), near);
      }
      return;
    }
    if (k > 0) {
      known(k, reply, operation);
    }
    if (k < last()) {
      missing(k + 1, call, operation);
    }
  }

  /** A trade was refused, since there were fewer than {@code shares}. */
  public void refused(long call, long reply, long shares, long operation) {
    refusalCalls.add(call);
    refusalReplies.add(reply);
    refusalShares.add(shares);
    refusalBy.add(operation);
  }

  // ---- the verdict -----------------------------------------------------------------------------

  /** Null when the history is linearizable. To be asked once, when everything is told. */
  public Offence check() {
    if (neverThere != null) {
      return neverThere;
    }
    Offence crossed = bounds();
    return crossed != null ? crossed : new Sweep().run();
  }

  /** Carries bounds from trade to trade; afterwards both kinds only grow with k. */
  private Offence bounds() {
    for (int k = last() - 1; k >= 1; k--) {
      known(k, upper.get(k + 1), upperBy.get(k + 1));
    }
    for (int k = 1; k <= last(); k++) {
      if (sent.get(k) != LATEST) {
        missing(k, sent.get(k), sentBy.get(k));
      }
      if (k > 1) {
        missing(k, lower.get(k - 1), lowerBy.get(k - 1));
      }
      if (lower.get(k) > upper.get(k)) {
        return new Offence(Rule.BACK_IN_TIME, upperBy.get(k), lowerBy.get(k), k, last());
      }
    }
    return null;
  }

  /** Goes through time with the refusals; {@code state} is the lowest that is possible then. */
  private final class Sweep {
    private final int[] byCall = refusalCalls.sorted();
    private final int[] byReply = refusalReplies.sorted();
    // Refusals that have begun, not ended, and not yet met too few shares.
    private final List<Integer> waiting = new ArrayList<>();
    private int state;

    Offence run() {
      int called = 0;
      for (int refusal : byReply) {
        long now = refusalReplies.get(refusal);
        // At the same moment calls come first, so that operations that touch overlap.
        while (called < byCall.length && refusalCalls.get(byCall[called]) <= now) {
          pass(refusalCalls.get(byCall[called]));
          begin(byCall[called]);
          called++;
        }
        pass(now);
        Offence offence = end(refusal, now);
        if (offence != null) {
          return offence;
        }
      }
      return null;
    }

    /** Makes the trades that must have happened before {@code now}. */
    private void pass(long now) {
      while (state < last() && upper.get(state + 1) < now) {
        next();
      }
    }

    private void next() {
      state++;
      long quantity = quantities.get(state);
      waiting.removeIf(refusal -> quantity < refusalShares.get(refusal));
    }

    private void begin(int refusal) {
      if (quantities.get(state) >= refusalShares.get(refusal)) {
        waiting.add(refusal);
      }
    }

    private Offence end(int refusal, long now) {
      int from = state;
      while (waiting.contains(refusal)) {
        if (state == last() || lower.get(state + 1) > now) {
          long operation = refusalBy.get(refusal);
          return new Offence(Rule.REFUSED_WITHOUT_NEED, Offence.NONE, operation, from, state);
        }
        next();
      }
      return null;
    }
  }
}
