package org.stockbazaar.bench.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.FailedException;

/**
 * Puts a plan's load on a target. At a constant rate request k is due k/rate after the start, on
 * lane k modulo their number, whatever became of the ones before (open loop); without a rate each
 * lane sends its next request when it has an answer (closed loop).
 */
public final class LoadRun {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int LAST_ANSWERS_MILLIS_MAX = 2_000;

  /** A timer for each request would cost more than to send it, from 10,000 a second on. */
  private static final long NAP_NANOS_MIN = TimeUnit.MICROSECONDS.toNanos(100);

  private final Target target;
  private final LoadPlan plan;
  private final Consumer<String> progress;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Second> seconds = new ArrayList<>();
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

  private final Choice choice;

  private EventLoop loop;
  private Latencies latencies = new Latencies();
  private long beginNanos;
  private long measureNanos;
  private long endNanos;
  private long cpuAtMeasureNanos;
  private MachineWatch machine;
  private Future<?> everySecond;
  private long dues;
  private boolean measuring;
  private boolean over;

  /**
   * @param progress told once a second what goes on
   */
  public LoadRun(Target target, LoadPlan plan, Consumer<String> progress) {
    this.target = target;
    this.plan = plan;
    this.progress = progress;
    choice = new Choice(plan.mix(), plan.seed());
  }

  /** Runs it; {@link FailedException} when the server cannot be reached or breaks off. */
  public LoadResult run() {
    try (var transport = Transport.open("load");
        var watch = plan.isOpenLoop() ? new MachineWatch(plan.watched()) : null) {
      machine = watch;
      loop = transport.loop();
      lanes.addAll(target.open(plan.lanes(), choice, new Watch(), transport));
      loop.execute(this::begin);
      long millis = plan.warmUpMillis() + (long) plan.millis() + 2L * LAST_ANSWERS_MILLIS_MAX;
      return result.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new FailedException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new FailedException("the load did not end in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    }
  }

  private void begin() {
    long nowNanos = System.nanoTime();
    beginNanos = nowNanos;
    measureNanos = beginNanos + TimeUnit.MILLISECONDS.toNanos(plan.warmUpMillis());
    endNanos = measureNanos + TimeUnit.MILLISECONDS.toNanos(plan.millis());
    loop.schedule(this::measure, measureNanos - nowNanos, TimeUnit.NANOSECONDS);
    loop.schedule(this::end, endNanos - nowNanos, TimeUnit.NANOSECONDS);
    countSeconds();
    if (plan.isOpenLoop()) {
      pace();
    } else {
      lanes.forEach(lane -> lane.due(nowNanos, nowNanos));
    }
  }

  /** Seconds of the measurement begin with it, not with the warm-up. */
  private void countSeconds() {
    if (everySecond != null) {
      everySecond.cancel(false);
    }
    seconds.clear();
    everySecond = loop.scheduleAtFixedRate(this::tell, SECOND, SECOND, TimeUnit.NANOSECONDS);
  }

  /** Sends all that is due by now; then sleeps until the next one is, or a little longer. */
  private void pace() {
    if (over) {
      return;
    }
    long nowNanos = System.nanoTime();
    long at = dueNanos(dues);
    while (at - nowNanos <= 0 && at - endNanos < 0) {
      lanes.get((int) (dues % lanes.size())).due(at, nowNanos);
      dues++;
      at = dueNanos(dues);
    }
    if (at - endNanos < 0) {
      long nap = Math.max(NAP_NANOS_MIN, at - System.nanoTime());
      loop.schedule(this::pace, nap, TimeUnit.NANOSECONDS);
    }
  }

  private long dueNanos(long k) {
    // In two parts: k times a second overflows after two hours at a million a second.
    return beginNanos + k / plan.rate() * SECOND + k % plan.rate() * SECOND / plan.rate();
  }

  private void measure() {
    measuring = true;
    latencies = new Latencies();
    countSeconds();
    cpuAtMeasureNanos = cpuNanos();
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void end() {
    over = true;
    if (seconds.size() < TimeUnit.MILLISECONDS.toSeconds(plan.millis())) {
      endSecond();
    }
    long now = System.nanoTime();
    for (Lane lane : lanes) {
      lane.unanswered(
          (kind, due) -> {
            if (due - measureNanos >= 0) {
              latencies.unanswered(kind, due, now);
            }
          });
    }
    long spentNanos = cpuNanos() - cpuAtMeasureNanos;
    var ended = new LoadResult(latencies, now - measureNanos, spentNanos, seconds);
    lanes.forEach(Lane::close);
    result.complete(ended);
  }

  private void tell() {
    if (over) {
      return;
    }
    Second second = endSecond();
    long late = lanes.stream().mapToLong(Lane::late).sum();
    progress.accept(
        String.format(
            "%s%d answers/s, p99.9 %.1f ms, longest %.1f ms%s%s",
            measuring ? "" : "warming up: ",
            second.answers(),
            second.p999Nanos() / 1e6,
            second.longestNanos() / 1e6,
            late == 0 ? "" : ", " + late + " requests late",
            second.machine() == null ? "" : "; the machine: " + second.machine().describe()));
  }

  private Second endSecond() {
    Histogram ended = latencies.endSecond();
    var second =
        new Second(
            ended.getTotalCount(),
            ended.getValueAtPercentile(99.9),
            ended.getMaxValue(),
            machine == null ? null : machine.take());
    seconds.add(second);
    return second;
  }

  private final class Watch implements Lane.Run {
    @Override
    public void answered(Lane lane, int status) {
      if (over) {
        return;
      }
      long now = System.nanoTime();
      if (!measuring || lane.dueNanos - measureNanos >= 0) {
        latencies.answered(lane.kind, status, lane.dueNanos, lane.sentNanos, now);
      }
      if (!plan.isOpenLoop()) {
        lane.due(now, now);
      } else {
        lane.sendNext(now);
      }
    }

    @Override
    public void broke(Lane lane) {
      if (over) {
        return;
      }
      if (lane.waits) {
        latencies.broke();
      }
      boolean any = lanes.stream().anyMatch(Lane::isOpen);
      if (!any) {
        over = true;
        result.completeExceptionally(new FailedException(target + " closed all connections"));
      }
    }
  }
}
