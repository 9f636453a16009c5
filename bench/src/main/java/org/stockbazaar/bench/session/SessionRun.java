package org.stockbazaar.bench.session;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.stockbazaar.protocol.config.FailedException;

/** Runs the sessions of a plan at once and puts their results together. */
public final class SessionRun {
  private static final long PROGRESS_SECONDS = 5;

  private final SessionPlan plan;
  private final LongConsumer progress;
  private final Supplier<SessionWatch> watches;

  /**
   * @param progress told every few seconds how many requests are answered
   */
  public SessionRun(SessionPlan plan, LongConsumer progress) {
    this(plan, progress, () -> SessionWatch.NONE);
  }

  /**
   * A run that is followed.
   *
   * @param progress told every few seconds how many requests are answered
   * @param watches gives each session its own, right before that session starts
   */
  public SessionRun(SessionPlan plan, LongConsumer progress, Supplier<SessionWatch> watches) {
    this.plan = plan;
    this.progress = progress;
    this.watches = watches;
  }

  /** Counts the answers of all sessions beside what a session's own watch does. */
  private record Counted(SessionWatch watch, AtomicLong done) implements SessionWatch {
    @Override
    public boolean isOver() {
      return watch.isOver();
    }

    @Override
    public void answered(RequestKind kind, long startNanos, long endNanos) {
      watch.answered(kind, startNanos, endNanos);
      done.incrementAndGet();
    }
  }

  /** Returns when all sessions have ended. */
  public SessionResult run() {
    List<String> names = names();
    var done = new AtomicLong();
    var random = new SplittableRandom(plan.seed());
    // A seed may be used again on the same system, an idempotency key may not.
    String run = UUID.randomUUID().toString();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            plan.sessions(),
            body -> {
              var thread = new Thread(body, "session");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<SessionResult>> running = new ArrayList<>();
      for (int i = 1; i <= plan.sessions(); i++) {
        String prefix = run + "-" + i + "-";
        var watch = new Counted(watches.get(), done);
        running.add(threads.submit(new Session(plan, names, random.split(), prefix, watch)));
      }
      var total = new SessionResult();
      for (Future<SessionResult> session : running) {
        total.add(await(session, done));
      }
      return total;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<String> names() {
    try (var client = new GatewayClient(plan.gateway(), plan.deadlineMillis())) {
      List<String> names = new ArrayList<>();
      for (StockSeen stock : client.stocks()) {
        names.add(stock.name());
      }
      if (names.isEmpty()) {
        throw new FailedException(
            "no stock is listed; list some with 'bazaar catalog list FILE' and try again");
      }
      return names;
    } catch (UnansweredException | IllegalStateException e) {
      throw new FailedException("cannot read the stocks: " + e.getMessage(), e);
    }
  }

  private SessionResult await(Future<SessionResult> session, AtomicLong done) {
    while (true) {
      try {
        return session.get(PROGRESS_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        progress.accept(done.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a session broke: " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FailedException("interrupted", e);
      }
    }
  }
}
