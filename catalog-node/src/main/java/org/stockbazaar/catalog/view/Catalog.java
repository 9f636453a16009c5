package org.stockbazaar.catalog.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.catalog.lease.Leases;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Message.Browse;
import org.stockbazaar.protocol.message.Message.Digested;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Foreign;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Hydrate;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Message.Lookup;
import org.stockbazaar.protocol.message.Message.Page;
import org.stockbazaar.protocol.message.Message.Prepare;
import org.stockbazaar.protocol.message.Message.Prepared;
import org.stockbazaar.protocol.message.Message.Withdraw;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

/**
 * Answers lookups from the view, and nothing before its time: a stock with an unreleased change is
 * shown when the change is released, and after a start nothing is shown or released before the view
 * has caught up with a leader that a majority confirmed after the start, and old leases are over.
 *
 * <p>Belongs to the node's event loop.
 */
public final class Catalog {
  private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);
  private static final int WAITING_MAX = 10_000;
  private static final int PAGE_MAX = 1_000;

  /** The leader sends ahead by thousands of entries: so many later is soon enough. */
  private static final int TOLD_MIN = 256;

  private static final long UNKNOWN = -1;
  private static final long NOBODY = 0;

  private final View view;
  private final Leases leases;
  private final Answers answers;
  private final long leaseNanos;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final PreparedTrades prepared = new PreparedTrades();
  private long leasesOverNanos;
  private long epoch;
  private long catchUpIndex = UNKNOWN;
  private long feeder = NOBODY;
  private boolean ready;
  private boolean rebuilt;
  private boolean news = true;
  private boolean preparedNews;
  private long toldIndex;

  private record Waiting(Asker asker, Message request, long sinceNanos) {}

  /** What became of an Apply. */
  public enum Outcome {
    /** Everything in it is applied now. */
    APPLIED,
    /** It is from an older leader: it gets no answer. */
    STALE,
    /** It does not follow on what is applied; the answer says what is. */
    UNFITTING,
    /** It contradicted the view, which begins again further back: gateways open new channels. */
    REBUILDING
  }

  /**
   * A catalog over a view that was just opened.
   *
   * @param leasesOverNanos when every lease that was given before the start is over
   */
  public Catalog(View view, Leases leases, Answers answers, long leaseNanos, long leasesOverNanos) {
    this.view = view;
    this.leases = leases;
    this.answers = answers;
    this.leaseNanos = leaseNanos;
    this.leasesOverNanos = leasesOverNanos;
  }

  /** Whether it serves and releases. */
  public boolean isReady() {
    return ready;
  }

  /** The index that it must have applied before it serves; -1 when no leader has said so. */
  public long catchUpIndex() {
    return catchUpIndex;
  }

  /** The epoch of the leader that feeds it, 0 for none yet. */
  public long epoch() {
    return epoch;
  }

  /**
   * Applies a leader's entries.
   *
   * @param session the leader's channel
   * @throws CorruptionException when they contradict the view that was rebuilt from them
   */
  public Outcome apply(long session, Apply apply, long nowNanos) {
    if (apply.epoch() < epoch) {
      return Outcome.STALE;
    }
    prepared.serves(apply.epoch(), apply.commitIndex());
    // What was prepared is released already: that it is applied can wait for something else to
    // tell.
    boolean expected = session == feeder && isPrepared(apply);
    news |= !expected;
    epoch = apply.epoch();
    feeder = NOBODY;
    try {
      if (!view.apply(apply, (index, stock) -> changed(index, stock, nowNanos))) {
        news = true;
        return Outcome.UNFITTING;
      }
    } catch (CorruptionException e) {
      if (rebuilt) {
        throw e;
      }
      rebuilt = true;
      view.clear();
      forget(nowNanos);
      return Outcome.REBUILDING;
    }
    if (apply.confirmed() && apply.commitIndex() < view.wholeIndex()) {
      // Everything that was ever applied is committed: a log without it is another one.
      rebuildFromOlder(nowNanos);
      return Outcome.REBUILDING;
    }
    feeder = session;
    if (apply.confirmed()) {
      catchUpIndex = Math.max(catchUpIndex, apply.commitIndex());
    }
    settle(nowNanos);
    return Outcome.APPLIED;
  }

  /** One who led gives up what it prepared and could not commit. */
  public void withdraw(Withdraw withdraw) {
    prepared.withdrawn(withdraw.epoch(), withdraw.index());
  }

  private void changed(long index, String stock, long nowNanos) {
    // Gateways hear of a trade once; while it was prepared nobody was given its stock to hold.
    if (index > prepared.index()) {
      leases.changed(index, stock, LetGo.NOBODY, nowNanos);
    }
  }

  /** Whether this brings trades that are prepared, and nothing else. */
  private boolean isPrepared(Apply apply) {
    long last = apply.previousIndex() + apply.entries().size();
    return ready && apply.previousIndex() == view.index() && last <= prepared.index();
  }

  /**
   * Makes ready for trades that the leader has appended. One that does not fit, or comes while this
   * is not ready, is dropped without a word.
   *
   * @param session the leader's channel
   */
  public void prepare(long session, Prepare prepare, long nowNanos) {
    boolean fits = prepared.mayGoOnAt(prepare.firstIndex(), view.index());
    if (!ready || session != feeder || prepare.epoch() != epoch || !fits) {
      return;
    }
    for (int i = 0; i < prepare.stocks().size(); i++) {
      long index = prepare.firstIndex() + i;
      String stock = prepare.stocks().get(i);
      prepared.add(epoch, index, stock);
      leases.changed(index, stock, prepare.letGo().get(i), nowNanos);
    }
    preparedNews = true;
  }

  /**
   * A leader found that this view is not of its log. Returns whether the view begins again; it does
   * not when the view has changed since.
   */
  public boolean foreign(Foreign foreign, long nowNanos) {
    if (foreign.epoch() < epoch
        || foreign.index() != view.index()
        || foreign.checksum() != view.checksum()) {
      return false;
    }
    epoch = foreign.epoch();
    rebuildFromOlder(nowNanos);
    return true;
  }

  private void rebuildFromOlder(long nowNanos) {
    view.beginOlder();
    forget(nowNanos);
  }

  private void forget(long nowNanos) {
    leases.forgetChanges();
    leasesOverNanos = nowNanos + leaseNanos;
    catchUpIndex = UNKNOWN;
    feeder = NOBODY;
    ready = false;
    news = true;
    preparedNews = false;
    // Their stocks still wait: a trade may have been told on the word that it is prepared.
    prepared.viewBeginsAgain();
  }

  /** When every lease that was given before the start, or before a rebuild, is over. */
  public long leasesOverNanos() {
    return leasesOverNanos;
  }

  /** What a leader is to be told now, null when it knows. */
  public Applied takeNews() {
    boolean moved = toldIndex != view.index() && preparedNews;
    boolean far = view.index() - toldIndex >= TOLD_MIN;
    boolean tell = leases.takeReleased() || news || moved || far;
    news = false;
    if (tell) {
      toldIndex = view.index();
    }
    return tell ? applied() : null;
  }

  /** What a leader is to be told now of what is prepared, null when it knows. */
  public Prepared takePrepared() {
    boolean tell = preparedNews;
    preparedNews = false;
    return tell ? new Prepared(epoch, prepared.index(), leases.unreleased()) : null;
  }

  /** What it has. */
  public Applied applied() {
    return new Applied(view.index(), view.checksum(), ready, leases.unreleased());
  }

  /** A gateway's lookup; ends in one answer, after two seconds at the latest. */
  public void lookup(Asker asker, Lookup lookup, long nowNanos) {
    if (isOpen(asker) && !answered(asker, lookup, nowNanos)) {
      wait(asker, lookup, nowNanos);
    }
  }

  /** A page of stocks; ends in one answer, after two seconds at the latest. */
  public void browse(Asker asker, Browse browse, long nowNanos) {
    if (browse.limit() < 1 || browse.limit() > PAGE_MAX) {
      String rule = "limit " + browse.limit() + " is not within 1 to " + PAGE_MAX;
      answers.answer(asker, failed(Status.BAD_REQUEST, rule));
    } else if (isOpen(asker) && !answered(asker, browse, nowNanos)) {
      wait(asker, browse, nowNanos);
    }
  }

  /** A leader's lookup for its book; ends in one answer, after two seconds at the latest. */
  public void hydrate(Asker asker, Hydrate hydrate, long nowNanos) {
    if (!answered(asker, hydrate, nowNanos)) {
      wait(asker, hydrate, nowNanos);
    }
  }

  /** What it has, for comparing it with the log; a refusal while that is the log's at no index. */
  public Message digested() {
    if (!view.isWhole()) {
      return failed(
          Status.UNAVAILABLE,
          "the catalog rebuilds itself: at index " + view.index() + " of " + view.wholeIndex());
    }
    return new Digested(view.index(), view.checksum(), view.size(), view.digest());
  }

  private boolean isOpen(Asker asker) {
    if (!ready) {
      answers.answer(asker, failed(Status.UNAVAILABLE, "the catalog is not ready"));
    }
    return ready;
  }

  private void wait(Asker asker, Message request, long nowNanos) {
    if (waiting.size() >= WAITING_MAX) {
      answers.answer(asker, failed(Status.BUSY, WAITING_MAX + " requests wait"));
    } else {
      waiting.addLast(new Waiting(asker, request, nowNanos));
    }
  }

  /** Answers what may be answered now; false when it must wait. */
  private boolean answered(Asker asker, Message request, long nowNanos) {
    if (request instanceof Lookup lookup) {
      return lookedUp(asker, lookup, nowNanos);
    }
    if (request instanceof Browse browse) {
      return browsed(asker, browse);
    }
    var hydrate = (Hydrate) request;
    // Before its own entries have fitted, the view may be of another log than this leader's.
    if (asker.session() != feeder || view.index() < hydrate.minimumIndex() || !view.isWhole()) {
      return false;
    }
    answers.answer(asker, found(view.get(hydrate.stock())));
    return true;
  }

  private boolean lookedUp(Asker asker, Lookup lookup, long nowNanos) {
    if (isHidden(lookup.stock())) {
      return false;
    }
    Stock stock = view.get(lookup.stock());
    if (stock != null && lookup.hold() > 0) {
      leases.hold(asker.gateway(), lookup.stock(), lookup.hold(), nowNanos);
    }
    answers.answer(asker, found(stock));
    return true;
  }

  private boolean isHidden(String stock) {
    return prepared.isOpen(stock, view.index()) || leases.isUnreleased(stock);
  }

  private boolean browsed(Asker asker, Browse browse) {
    List<Stock> stocks = view.after(browse.after(), browse.limit() + 1);
    for (Stock stock : stocks) {
      if (isHidden(stock.name())) {
        return false;
      }
    }
    boolean more = stocks.size() > browse.limit();
    answers.answer(asker, new Page(more ? stocks.subList(0, browse.limit()) : stocks, more));
    return true;
  }

  private static Message found(Stock stock) {
    return stock == null
        ? new Failed(Status.NOT_FOUND, Reason.UNKNOWN_STOCK, 0, "")
        : new Found(stock);
  }

  private static Failed failed(Status status, String detail) {
    return new Failed(status, Reason.NONE, 0, detail);
  }

  /** A channel is closed: nobody waits on it any more. */
  public void closed(long session) {
    waiting.removeIf(one -> one.asker.session() == session);
  }

  /** Lets time pass, then answers what waited for a release or for an entry. */
  public void settle(long nowNanos) {
    leases.expire(nowNanos);
    prepared.tidy(view.index());
    boolean caughtUp = catchUpIndex != UNKNOWN && view.index() >= catchUpIndex && view.isWhole();
    // While no stock was ever committed nobody holds one: a new system need not wait.
    if (!ready && caughtUp && (nowNanos - leasesOverNanos >= 0 || view.size() == 0)) {
      ready = true;
      rebuilt = false;
      news = true;
    }
    if (waiting.isEmpty()) {
      return;
    }
    var still = new ArrayList<Waiting>(waiting);
    waiting.clear();
    for (Waiting one : still) {
      boolean shown = one.request instanceof Hydrate || ready;
      if (nowNanos - one.sinceNanos >= WAIT_NANOS_MAX || !shown) {
        answers.answer(one.asker, failed(Status.UNAVAILABLE, "not released in time"));
      } else if (!answered(one.asker, one.request, nowNanos)) {
        waiting.addLast(one);
      }
    }
  }

  /** Whether {@link #settle} has anything to wait for. */
  public boolean waitsForTime() {
    return !waiting.isEmpty() || leases.anyUnreleased() || (!ready && catchUpIndex != UNKNOWN);
  }
}
