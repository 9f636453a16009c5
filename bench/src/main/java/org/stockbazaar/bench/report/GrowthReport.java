package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.bench.experiment.BenchPlan;
import org.stockbazaar.bench.growth.Dimension;
import org.stockbazaar.bench.growth.GrowthPlan;
import org.stockbazaar.bench.growth.GrowthResult;

/** How cost grows, as one HTML page. */
public final class GrowthReport {
  private static final double SECOND = 1_000;

  private GrowthReport() {}

  static String page(GrowthResult result) {
    var html = new StringBuilder();
    html.append(Page.head("Stock Bazaar growth", result.begin(), result.conditions()));
    html.append(Page.problems("Of all runs, warm-ups included:", result.problems()));
    for (GrowthTable table : GrowthTable.of(result)) {
      Dimension dimension = table.dimension();
      html.append("<section>\n").append(Html.element("h2", "Over " + dimension.word()));
      html.append(Html.table(caption(dimension), Html.head(table.heads()), table.rows()));
      html.append(new GrowthPlot(result, dimension).html()).append("</section>\n");
    }
    html.append(Page.method(method(result.plan())));
    html.append("<section>\n");
    html.append(ConditionsSection.list(result.begin(), result.seconds(), result.conditions()));
    html.append("</section>\n");
    String files = "Beside this page: growth.json and growth.csv have the figures of every round.";
    return html.append(Page.foot(files)).toString();
  }

  /** What is the same at all points of a dimension. */
  public static String caption(Dimension dimension) {
    List<String> fixed = new ArrayList<>();
    if (dimension != Dimension.SESSIONS) {
      fixed.add(Dimension.SESSIONS.words(GrowthPlan.SESSIONS));
    }
    if (dimension != Dimension.STOCKS) {
      fixed.add(Dimension.STOCKS.words(GrowthPlan.STOCKS));
    }
    if (dimension != Dimension.REPLICAS) {
      fixed.add(Dimension.REPLICAS.words(GrowthPlan.REPLICAS));
    }
    return "At each point: " + String.join(", ", fixed);
  }

  private static List<String> method(GrowthPlan plan) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Trades are of one share, buys and sells in turn, of any listed stock; all stocks are asked"
            + " for alike. Lookups are of any listed stock, order lookups of any order in the log."
            + " Seed "
            + plan.seed()
            + ".");
    sentences.add(
        "Systems: one for all numbers of sessions, one in which the orders grow, and another one at"
            + " each number of stocks and of replicas; all of them anew in each round. Points come in"
            + " an order drawn anew for each round, but orders.");
    sentences.add(
        "A leader asks the catalog for a stock that it trades for the first time, and a gateway for"
            + " one that it does not have in its cache: the more stocks there are, the more of that"
            + " is left after the warm-up, and is measured.");
    sentences.add(
        "Orders are placed in frames, straight at the leader. The log has more than those: also the"
            + " trades of warm-ups and of measurements before. The plot shows how many it had.");
    sentences.add(
        "Warm-up: "
            + seconds(plan.warmUpMillis())
            + " of the same traffic before each measurement of "
            + seconds(plan.millis())
            + ", and "
            + seconds(plan.warmUpMillis() * BenchPlan.WARM_UP_FRESH)
            + " of each kind on each fresh system; none of it is in any figure.");
    sentences.add(
        plan.rounds() == 1
            ? "One round: nothing here tells how much figures differ from one to the next."
            : "Figures are medians over " + plan.rounds() + " rounds.");
    sentences.add(Method.CLOSED_LOOP);
    return sentences;
  }

  private static String seconds(int millis) {
    return millis / SECOND + " s";
  }
}
