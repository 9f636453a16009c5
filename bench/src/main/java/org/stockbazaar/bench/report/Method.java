package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.bench.experiment.BenchPlan;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.KindResult;

/** How it was measured, and what the figures mean and do not mean. */
public final class Method {
  /** What is to be known before any figure is compared with another one. */
  public static final String CLOSED_LOOP =
      "Closed loop: a session waits for each answer before it asks again, so while the system"
          + " stalls nobody asks, and a stall counts once for each session instead of for"
          + " everybody who would have come (coordinated omission); for latencies at a given rate"
          + " see 'bazaar load'.";

  private static final long SECOND = 1000;

  private Method() {}

  static List<String> sentences(BenchResult result) {
    BenchPlan plan = result.plan();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        plan.sessions()
            + " sessions, each on one keep-alive connection, look up random stocks, "
            + Words.count(plan.requests())
            + " each at a point; with probability p they trade what they saw, and before they end"
            + " they look up each order of their own and compare. Seed "
            + plan.seed()
            + ".");
    sentences.add(
        "A client's latency runs from its first attempt to the answer, retries after 503, 504 or a"
            + " broken connection included. A session's first request also opens its connection.");
    sentences.add(gatewayShare(result));
    sentences.add(warmUp(plan));
    sentences.add(order(plan));
    sentences.add(
        plan.repeat() == 1
            ? "One round: nothing here tells how much figures differ from one to the next."
            : "Figures are medians over "
                + plan.repeat()
                + " rounds, maxima and gaps the largest of any round; plots and .hgrm files have"
                + " the requests of all rounds together.");
    sentences.add(CLOSED_LOOP);
    return sentences;
  }

  private static String gatewayShare(BenchResult result) {
    if (!result.plan().isOwnSystem()) {
      return "The gateway's share is the mean of what its /metrics counted meanwhile, from a request"
          + " read to its reply written, other clients' requests included; its percentiles cannot"
          + " be told from outside.";
    }
    long runs = 0;
    long same = 0;
    for (KindResult of : kinds(result)) {
      runs++;
      if (of.server() != null && of.server().count() == of.client().getTotalCount()) {
        same++;
      }
    }
    return "The gateway's figures are its own, of the same requests, from a request read to its"
        + " reply written; the rest of a client's latency is sockets, scheduling and the client"
        + " itself. It counted as many requests as the clients in "
        + same
        + " of "
        + runs
        + " measurements"
        + (same == runs ? "." : "; attempts that were repeated count there twice.");
  }

  private static List<KindResult> kinds(BenchResult result) {
    return result
        .cases()
        .flatMap(measured -> measured.runs().stream())
        .flatMap(run -> run.kinds().values().stream())
        .toList();
  }

  private static String warmUp(BenchPlan plan) {
    String each = seconds(plan.warmUpMillis());
    return plan.isOwnSystem()
        ? "Warm-up: "
            + each
            + " of the same traffic before each measurement, and "
            + seconds(plan.warmUpMillis() * BenchPlan.WARM_UP_FRESH)
            + " at p "
            + Math.round(BenchPlan.FAILOVER_P * 100)
            + " % on each fresh system; none of it is in any figure."
        : "Warm-up: "
            + each
            + " of the same traffic before each point; none of it is in any figure.";
  }

  private static String order(BenchPlan plan) {
    String drawn =
        "the points of a round come in an order drawn anew for each round, so that none is favoured by"
            + " what came before it.";
    return plan.isOwnSystem()
        ? "Order: each round starts one fresh system with its gateway's cache on and one with it off,"
            + " which of them first changes from round to round; on both "
            + drawn
        : "Order: "
            + drawn
            + " The system was started by somebody else: its cache stays as it is, and nothing is"
            + " killed, so there is no table for failover.";
  }

  private static String seconds(long millis) {
    return millis % SECOND == 0 ? millis / SECOND + " s" : millis + " ms";
  }
}
