package org.stockbazaar.protocol.config;

import java.nio.file.Path;
import org.stockbazaar.protocol.logging.LogFormat;
import picocli.CommandLine.Option;

/** The options that every node has; a picocli mixin. */
public final class NodeOptions {
  @Option(
      names = "--listen",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Address to listen on; port 0 takes any free one.")
  private HostPort listen;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "This node's own directory; created where it is missing.")
  private Path data;

  @Option(
      names = "--secret",
      required = true,
      paramLabel = "FILE",
      description = "File with the cluster secret: 64 hexadecimal digits.")
  private Path secret;

  @Option(
      names = "--log-format",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "How log lines look: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private LogFormat logFormat;

  @Option(
      names = "--hlog",
      paramLabel = "FILE",
      description = "Also write the requests' latencies to this HdrHistogram log, once a second.")
  private Path histogramLog;

  public HostPort listen() {
    return listen;
  }

  public Path data() {
    return data;
  }

  public ClusterSecret secret() {
    return ClusterSecret.load(secret);
  }

  public LogFormat logFormat() {
    return logFormat;
  }

  /** The HdrHistogram log's file, null for none. */
  public Path histogramLog() {
    return histogramLog;
  }
}
