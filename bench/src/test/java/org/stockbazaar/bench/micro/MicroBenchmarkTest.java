package org.stockbazaar.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, in this process, so that none of them rots. Looks at no time. */
class MicroBenchmarkTest {
  private static final String SUFFIX = "Benchmark.java";

  @BeforeAll
  static void mayRunBesideMeasurements() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void everyBenchmarkRuns() throws RunnerException, IOException {
    var options =
        new OptionsBuilder()
            .forks(0)
            .mode(Mode.SingleShotTime)
            .warmupIterations(0)
            .measurementIterations(1)
            .param("keys", "100")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    var ran = new TreeSet<String>();
    new Runner(options)
        .run()
        .forEach(result -> ran.add(classOf(result.getParams().getBenchmark())));
    assertThat(ran).isEqualTo(benchmarks());
  }

  /** From the name of a method. */
  private static String classOf(String benchmark) {
    String name = benchmark.substring(0, benchmark.lastIndexOf('.'));
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Set<String> benchmarks() throws IOException {
    Path sources = Path.of("src/test/java", MicroBenchmark.class.getPackageName().split("[.]"));
    try (Stream<Path> files = Files.list(sources)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.equals("MicroBenchmark.java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
