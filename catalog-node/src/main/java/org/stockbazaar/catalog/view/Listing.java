package org.stockbazaar.catalog.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Listed;
import org.stockbazaar.protocol.message.Message.Propose;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

/**
 * Brings stocks into the system: those of the stocks file and those that operators list. Proposes
 * to the leader, batch by batch, the ones that the view does not have, each batch again and again
 * until it is applied. A stock is listed by the order log alone.
 *
 * <p>The file is read as it is needed, so that a million stocks do not lie in memory.
 */
public final class Listing {
  private static final int STOCKS_PER_PROPOSAL_MAX = 500;
  private static final int STOCKS_PER_LOOK_MAX = 1_000;
  private static final int REQUESTS_MAX = 100;
  private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final View view;
  private final Iterable<Stock> file;
  private final Answers answers;
  private final Deque<Request> requests = new ArrayDeque<>();
  private Iterator<Stock> rest;
  private long looked;
  private List<Stock> proposed = List.of();
  private boolean again;
  private String refusal;
  private long proposedNanos;

  /** What an operator lists; done when the last of its new stocks is. */
  private static final class Request {
    final Asker asker;
    final List<Stock> stocks;
    final int known;
    int taken;

    Request(Asker asker, List<Stock> stocks, int known) {
      this.asker = asker;
      this.stocks = stocks;
      this.known = known;
    }
  }

  /**
   * Lists into the log that {@code view} shows.
   *
   * @param file the stocks file; read again when the view begins again
   */
  public Listing(View view, Iterable<Stock> file, Answers answers) {
    this.view = view;
    this.file = file;
    this.answers = answers;
    rest = file.iterator();
  }

  /** Lists those of the stocks that are new; the asker is told when all are applied. */
  public void list(Asker asker, List<Stock> stocks) {
    Map<String, Stock> unknown = new LinkedHashMap<>();
    for (Stock stock : stocks) {
      if (!isListed(stock)) {
        unknown.putIfAbsent(stock.name(), stock);
      }
    }
    if (view.size() + unknown.size() > view.capacity()) {
      refuse(asker, tooMany(unknown.size()));
    } else if (requests.size() >= REQUESTS_MAX) {
      String detail = REQUESTS_MAX + " other lists wait";
      answers.answer(asker, new Failed(Status.BUSY, Reason.NONE, 0, detail));
    } else {
      int known = stocks.size() - unknown.size();
      requests.addLast(new Request(asker, List.copyOf(unknown.values()), known));
      answerDone();
    }
  }

  private String tooMany(long count) {
    return count
        + " new stocks do not fit: there are "
        + view.size()
        + " of "
        + view.capacity()
        + "; start the catalog with a larger --stocks-max";
  }

  private void refuse(Asker asker, String why) {
    answers.answer(asker, new Failed(Status.REFUSED, Reason.NONE, 0, why));
  }

  /** Whether all stocks of the file are applied, or given up, see {@link #refusal}. */
  public boolean isFileDone() {
    return !rest.hasNext() && (proposed.isEmpty() || !requests.isEmpty());
  }

  /** How many stocks of the file were looked at. */
  public long lookedAt() {
    return looked;
  }

  /** Whether nothing is left to propose. */
  public boolean isDone() {
    return !rest.hasNext() && proposed.isEmpty() && requests.isEmpty();
  }

  /** What to propose to the leader now, null for nothing. */
  public Propose takeProposal(long nowNanos) {
    if (!proposed.isEmpty()) {
      boolean applied = isListed(proposed.get(proposed.size() - 1));
      if (!again && !applied && nowNanos - proposedNanos < REPEAT_NANOS) {
        return null;
      }
      proposed = proposed.stream().filter(stock -> !isListed(stock)).toList();
    }
    again = false;
    if (proposed.isEmpty()) {
      answerDone();
      proposed = next();
    }
    if (proposed.isEmpty()) {
      return null;
    }
    if (view.size() + proposed.size() > view.capacity()) {
      giveUp();
      return null;
    }
    proposedNanos = nowNanos;
    return new Propose(view.index(), proposed);
  }

  /** Whether the next batch is still being looked for, so that the next call should come soon. */
  public boolean isLooking() {
    return proposed.isEmpty() && !isDone();
  }

  private List<Stock> next() {
    return requests.isEmpty() ? nextOfFile() : nextOf(requests.peekFirst());
  }

  private List<Stock> nextOf(Request request) {
    int to = Math.min(request.taken + STOCKS_PER_PROPOSAL_MAX, request.stocks.size());
    List<Stock> batch = request.stocks.subList(request.taken, to);
    request.taken = to;
    return batch.stream().filter(stock -> !isListed(stock)).toList();
  }

  /** Looks at a bounded number of stocks: mostly all are known, and others wait for the thread. */
  private List<Stock> nextOfFile() {
    var batch = new ArrayList<Stock>();
    for (int i = 0; i < STOCKS_PER_LOOK_MAX && rest.hasNext(); i++) {
      Stock stock = rest.next();
      looked++;
      if (!isListed(stock)) {
        batch.add(stock);
        if (batch.size() == STOCKS_PER_PROPOSAL_MAX) {
          break;
        }
      }
    }
    return batch;
  }

  /** A map that was full before, or rebuilt since, has no room for what was asked for. */
  private void giveUp() {
    if (requests.isEmpty()) {
      refusal = tooMany(proposed.size());
      rest = Collections.emptyIterator();
    } else {
      refuse(requests.removeFirst().asker, tooMany(proposed.size()));
    }
    proposed = List.of();
  }

  /** Why stocks of the file are given up; null when none are. */
  public String refusal() {
    return refusal;
  }

  private boolean isListed(Stock stock) {
    return view.get(stock.name()) != null;
  }

  /** Called while nothing is proposed, or nothing of a request that was not begun. */
  private void answerDone() {
    while (!requests.isEmpty()) {
      Request request = requests.peekFirst();
      boolean begun = request.taken > 0;
      if (request.taken < request.stocks.size() || (begun && !proposed.isEmpty())) {
        return;
      }
      requests.removeFirst();
      answers.answer(request.asker, new Listed(request.stocks.size(), request.known));
    }
  }

  /** A channel is closed: nobody waits on it any more. */
  public void closed(long session) {
    requests.removeIf(request -> request.asker.session() == session);
  }

  /** The view begins again, maybe with a log that does not list these stocks. */
  public void restart() {
    for (Request request : requests) {
      String detail = "the catalog rebuilds itself; list the stocks again";
      answers.answer(request.asker, new Failed(Status.UNAVAILABLE, Reason.NONE, 0, detail));
    }
    requests.clear();
    refusal = null;
    proposed = List.of();
    rest = file.iterator();
    looked = 0;
  }

  /** A new leader: what the old one was told does not count. */
  public void proposeAgain() {
    again = true;
  }
}
