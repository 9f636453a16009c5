package org.stockbazaar.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.growth.GrowthResult;
import org.stockbazaar.protocol.config.FailedException;

/** Writes everything that a report consists of into one directory. */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Writes {@code growth.html}, {@code growth.json} and {@code growth.csv}; creates {@code
   * directory} where it is missing.
   *
   * @return the page
   */
  public static Path write(Path directory, GrowthResult result) {
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve("growth.json"), JsonReport.text(GrowthFields.json(result)));
      Files.writeString(directory.resolve("growth.csv"), GrowthFields.csv(result));
      return Files.writeString(directory.resolve("growth.html"), GrowthReport.page(result));
    } catch (IOException e) {
      throw cannotWrite(directory, e);
    }
  }

  /**
   * Creates {@code directory} where it is missing, and replaces what has the same name in it.
   *
   * @return the page to open first
   */
  public static Path write(Path directory, BenchResult result) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("results.json"), JsonReport.json(result));
      Files.writeString(directory.resolve("results.csv"), CsvReport.csv(result));
      Files.writeString(directory.resolve("results.hlog"), HistogramFiles.log(result));
      for (Map.Entry<String, String> file : HistogramFiles.distributions(result).entrySet()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue());
      }
      return Files.writeString(directory.resolve("report.html"), HtmlReport.page(result));
    } catch (IOException e) {
      throw cannotWrite(directory, e);
    }
  }

  private static FailedException cannotWrite(Path directory, IOException e) {
    return new FailedException("cannot write the report to " + directory + ": " + e, e);
  }
}
