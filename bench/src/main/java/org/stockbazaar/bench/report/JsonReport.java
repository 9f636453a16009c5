package org.stockbazaar.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stockbazaar.bench.experiment.BenchPlan;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.Conditions;
import org.stockbazaar.bench.experiment.RunResult;
import org.stockbazaar.bench.experiment.Slice;

/** The whole result as JSON. */
public final class JsonReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final double DECIMAL = 10;

  private JsonReport() {}

  static String json(BenchResult result) {
    return text(fields(result));
  }

  /** What fields are in a file. */
  static String text(Map<String, Object> fields) {
    try {
      return JSON.writeValueAsString(fields) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Objects, lists, texts and numbers, in the order in which they are to be read. */
  public static Map<String, Object> fields(BenchResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("good", result.isGood());
    json.put("begin", result.begin().toString());
    json.put("seconds", rounded(result.seconds()));
    json.put("plan", plan(result.plan()));
    json.put("conditions", conditions(result.conditions()));
    json.put("results", Rows.of(result).all().stream().map(JsonReport::row).toList());
    json.put("runs", runs(result));
    json.put("problem_count", result.problemCount());
    json.put("problems", result.problems());
    return json;
  }

  private static Map<String, Object> plan(BenchPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gateway", plan.isOwnSystem() ? null : plan.gateway().toString());
    json.put("sessions", plan.sessions());
    json.put("requests", plan.requests());
    json.put("p_percent", plan.percents());
    json.put("repeat", plan.repeat());
    json.put("warm_up_millis", plan.warmUpMillis());
    json.put("failover_seconds", plan.hasFailover() ? plan.failoverSeconds() : 0);
    json.put("replicas", plan.isOwnSystem() ? plan.replicas() : null);
    json.put("sync", plan.isOwnSystem() ? plan.sync() : null);
    json.put("seed", plan.seed());
    json.put("deadline_millis", plan.deadlineMillis());
    return json;
  }

  static Map<String, Object> conditions(Conditions conditions) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpu", conditions.cpu());
    json.put("cores", conditions.cores());
    json.put("memory_bytes", conditions.memoryBytes());
    json.put("load_before", rounded(conditions.load()));
    json.put("kernel", conditions.kernel());
    json.put("jvm", conditions.jvm());
    json.put("version", conditions.version());
    json.put("commit", conditions.commit());
    json.put("libraries", conditions.libraries());
    json.put("jvm_flags", conditions.flags());
    json.put("durability", conditions.durability());
    json.put("file_system", conditions.fileSystem());
    json.put("placement", conditions.placement());
    return json;
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Object> values = RowFields.values(row);
    for (int i = 0; i < values.size(); i++) {
      json.put(RowFields.NAMES.get(i), values.get(i));
    }
    return json;
  }

  private static List<Object> runs(BenchResult result) {
    List<Object> runs = new ArrayList<>();
    result
        .cases()
        .forEach(measured -> measured.runs().forEach(run -> runs.add(run(measured, run))));
    return runs;
  }

  private static Map<String, Object> run(CaseResult measured, RunResult run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("case", measured.what().id());
    json.put("round", run.round());
    json.put("seconds", run.seconds());
    json.put("answers", run.answers());
    json.put("orders", run.tally().orders());
    json.put("compared", run.tally().compared());
    json.put("refused", run.tally().refusals());
    json.put("retries", run.tally().retries());
    List<Object> faults = new ArrayList<>();
    run.faults()
        .forEach(f -> faults.add(Map.of("at_millis", rounded(f.atMillis()), "what", f.what())));
    json.put("faults", faults);
    Map<String, Object> courses = new LinkedHashMap<>();
    run.kinds()
        .forEach(
            (kind, of) -> {
              if (!of.course().isEmpty()) {
                courses.put(
                    Words.field(kind), of.course().stream().map(JsonReport::slice).toList());
              }
            });
    json.put("course", courses);
    return json;
  }

  private static Map<String, Object> slice(Slice slice) {
    Figures figures = Figures.of(slice.latencies());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at_millis", rounded(slice.startMillis()));
    json.put("count", figures.count());
    if (figures.count() > 0) {
      json.put("p50_micros", figures.p50());
      json.put("p99_micros", figures.p99());
      json.put("max_micros", figures.max());
    }
    return json;
  }

  static double rounded(double value) {
    return Math.round(value * DECIMAL) / DECIMAL;
  }
}
