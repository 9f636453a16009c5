package org.stockbazaar.catalog.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * Brings stocks into the system: proposes to the leader, batch by batch, those that the view does
 * not have, again and again until they are applied. A stock is listed by the order log alone.
 */
public final class Listing {
  private static final int STOCKS_PER_PROPOSAL_MAX = 500;
  private static final int STOCKS_WAITING_MAX = 2_000_000;
  private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final View view;
  private final Answers answers;
  private final Map<String, Stock> waiting = new LinkedHashMap<>();
  private final Deque<Request> requests = new ArrayDeque<>();
  private List<Stock> proposed = List.of();
  private boolean unfiltered;
  private String refusal;
  private long proposedNanos;

  /** Somebody's list; it is done when the last of its new stocks is. */
  private record Request(Asker asker, List<String> names, int known) {}

  /** Lists into the log that {@code view} shows. */
  public Listing(View view, Answers answers) {
    this.view = view;
    this.answers = answers;
  }

  /**
   * Lists those of the stocks that are new.
   *
   * @param asker who is told when all are applied, null for nobody
   */
  public void list(Asker asker, List<Stock> stocks) {
    var names = new ArrayList<String>();
    for (Stock stock : stocks) {
      if (view.get(stock.name()) == null && waiting.putIfAbsent(stock.name(), stock) == null) {
        names.add(stock.name());
      }
    }
    if (isTooMany()) {
      names.forEach(waiting::remove);
      String rule = tooMany(names.size());
      if (asker == null) {
        throw new CatalogFullException(view.capacity());
      }
      answers.answer(asker, new Failed(Status.REFUSED, Reason.NONE, 0, rule));
    } else if (asker != null) {
      requests.addLast(new Request(asker, names, stocks.size() - names.size()));
      answerDone();
    }
  }

  private String tooMany(int count) {
    return count
        + " new stocks do not fit: there are "
        + view.size()
        + " of "
        + view.capacity()
        + "; start the catalog with a larger --stocks-max";
  }

  private boolean isTooMany() {
    return view.size() + waiting.size() > view.capacity() || waiting.size() > STOCKS_WAITING_MAX;
  }

  /** Whether everything that was asked for is applied. */
  public boolean isDone() {
    return waiting.isEmpty();
  }

  /** What to propose to the leader now, null for nothing. */
  public Propose takeProposal(long nowNanos) {
    if (waiting.isEmpty()) {
      return null;
    }
    boolean applied = proposed.isEmpty() || isListed(proposed.get(proposed.size() - 1));
    if (!applied && nowNanos - proposedNanos < REPEAT_NANOS) {
      return null;
    }
    removeListed();
    if (view.size() + waiting.size() > view.capacity()) {
      refuse();
    }
    answerDone();
    proposed = waiting.values().stream().limit(STOCKS_PER_PROPOSAL_MAX).toList();
    proposedNanos = nowNanos;
    return proposed.isEmpty() ? null : new Propose(view.index(), proposed);
  }

  /** Only after a start can more be listed than what was proposed. */
  private void removeListed() {
    if (unfiltered) {
      unfiltered = false;
      waiting.keySet().removeIf(name -> view.get(name) != null);
    } else {
      for (Stock stock : proposed) {
        if (isListed(stock)) {
          waiting.remove(stock.name());
        }
      }
    }
  }

  /** A map that was rebuilt since may have less room than when the stocks were asked for. */
  private void refuse() {
    refusal = tooMany(waiting.size());
    waiting.clear();
    for (Request request : requests) {
      answers.answer(request.asker, new Failed(Status.REFUSED, Reason.NONE, 0, refusal));
    }
    requests.clear();
  }

  /** Why stocks that were asked for are given up; null when none are. */
  public String refusal() {
    return refusal;
  }

  private boolean isListed(Stock stock) {
    return view.get(stock.name()) != null;
  }

  private void answerDone() {
    while (!requests.isEmpty()) {
      Request request = requests.peekFirst();
      for (String name : request.names) {
        if (waiting.containsKey(name)) {
          return;
        }
      }
      requests.removeFirst();
      answers.answer(request.asker, new Listed(request.names.size(), request.known));
    }
  }

  /** A channel is closed: nobody waits on it any more. */
  public void closed(long session) {
    requests.removeIf(request -> request.asker.session() == session);
  }

  /** The view begins again, maybe with a log that does not list these stocks. */
  public void restart(List<Stock> stocks) {
    for (Stock stock : stocks) {
      waiting.putIfAbsent(stock.name(), stock);
    }
    proposeAgain();
  }

  /** A new leader: what the old one was told does not count. */
  public void proposeAgain() {
    proposed = List.of();
    unfiltered = true;
  }
}
