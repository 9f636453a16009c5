package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stockbazaar.bench.growth.GrowthPlan;
import org.stockbazaar.bench.growth.GrowthResult;

/** Growth as JSON and as CSV: the same rows in both. */
public final class GrowthFields {
  private static final List<String> NAMES =
      List.of(
          "dimension",
          "value",
          "kind",
          "round",
          "count",
          "per_second",
          "ratio_to_first",
          "p50_micros",
          "p99_micros",
          "orders_in_log");
  private static final double THOUSAND = 1_000;

  private GrowthFields() {}

  /** Objects, lists, texts and numbers, in the order in which they are to be read. */
  public static Map<String, Object> json(GrowthResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("good", result.isGood());
    json.put("begin", result.begin().toString());
    json.put("seconds", JsonReport.rounded(result.seconds()));
    json.put("plan", plan(result.plan()));
    json.put("conditions", JsonReport.conditions(result.conditions()));
    json.put("results", GrowthRows.of(result).stream().map(GrowthFields::row).toList());
    json.put("problems", result.problems());
    return json;
  }

  private static Map<String, Object> plan(GrowthPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    plan.values().forEach((dimension, values) -> json.put(dimension.word(), values));
    json.put("millis", plan.millis());
    json.put("warm_up_millis", plan.warmUpMillis());
    json.put("rounds", plan.rounds());
    json.put("seed", plan.seed());
    return json;
  }

  private static Map<String, Object> row(GrowthRow row) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Object> values = values(row);
    for (int i = 0; i < values.size(); i++) {
      json.put(NAMES.get(i), values.get(i));
    }
    return json;
  }

  /** An empty field is a figure that is not known. */
  static String csv(GrowthResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", NAMES));
    GrowthRows.of(result).forEach(row -> lines.add(CsvReport.line(values(row))));
    return String.join("\n", lines) + "\n";
  }

  /** In the order of the names; null for what is not known. */
  private static List<Object> values(GrowthRow row) {
    return Arrays.asList(
        row.dimension().word(),
        row.value(),
        Words.field(row.kind()),
        row.round() == Row.ALL ? "all" : String.valueOf(row.round()),
        row.figures().count(),
        JsonReport.rounded(row.rate()),
        Double.isNaN(row.ratio()) ? null : (Object) (Math.round(row.ratio() * THOUSAND) / THOUSAND),
        RowFields.known(row.figures().p50()),
        RowFields.known(row.figures().p99()),
        row.orders());
  }
}
