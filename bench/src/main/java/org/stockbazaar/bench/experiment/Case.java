package org.stockbazaar.bench.experiment;

/** What is compared: one point of the experiment, or one state of the replicas. */
public sealed interface Case permits Point, Outage {
  /** Its name in files and tags: letters, digits and dashes. */
  String id();

  /** Its name for people. */
  String words();
}
