package org.stockbazaar.bench.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The verdict of one check.
 *
 * @param check what was held against what
 * @param examined how many things were
 * @param evidence what is wrong, a few lines; empty when nothing is
 */
public record Finding(String check, long examined, List<String> evidence) {
  public Finding {
    evidence = List.copyOf(evidence);
  }

  @JsonProperty
  public boolean good() {
    return evidence.isEmpty();
  }
}
