package org.stockbazaar.bench.experiment;

import java.util.List;
import java.util.Map;

/**
 * Under which conditions it was measured. What cannot be known is {@code not known}.
 *
 * @param cpu the processor's model
 * @param cores how many of them this JVM may use
 * @param memoryBytes of the machine, 0 for not known
 * @param load processes that ran or wanted to, on average over the minute before; negative for not
 *     known
 * @param kernel its name and release
 * @param jvm its name and version
 * @param version of this build
 * @param commit of its sources
 * @param libraries versions by name
 * @param flags JVM flags by who has them
 * @param durability what an order waits for
 * @param fileSystem the kind that order logs lie on
 * @param placement which machine has what
 */
public record Conditions(
    String cpu,
    int cores,
    long memoryBytes,
    double load,
    String kernel,
    String jvm,
    String version,
    String commit,
    Map<String, String> libraries,
    Map<String, List<String>> flags,
    String durability,
    String fileSystem,
    String placement) {
  static final String UNKNOWN = "not known";
}
