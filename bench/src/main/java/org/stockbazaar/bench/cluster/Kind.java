package org.stockbazaar.bench.cluster;

import java.util.Locale;

/** The kinds of process, in the order in which they are started and shown. */
public enum Kind {
  CATALOG("org.stockbazaar.catalog.CatalogMain"),
  ORDER("org.stockbazaar.order.OrderMain"),
  GATEWAY("org.stockbazaar.gateway.GatewayMain");

  private final String mainClass;

  Kind(String mainClass) {
    this.mainClass = mainClass;
  }

  /** The class that the process runs. */
  String mainClass() {
    return mainClass;
  }

  /** The word in names and in {@code status}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The argfile with this kind's JVM flags, within {@code deploy/}. */
  String optionsFile() {
    return "jvm-" + word() + ".options";
  }
}
