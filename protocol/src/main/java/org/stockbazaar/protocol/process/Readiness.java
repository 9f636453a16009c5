package org.stockbazaar.protocol.process;

import java.util.List;

/** Tells what a node still waits for. */
@FunctionalInterface
public interface Readiness {
  /** What is missing, in words for people; empty when the node is ready. */
  List<String> missing();
}
