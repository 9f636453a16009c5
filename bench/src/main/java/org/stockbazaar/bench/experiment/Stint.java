package org.stockbazaar.bench.experiment;

import java.util.List;

/**
 * What is measured on one system before it ends.
 *
 * @param round from 1
 * @param cache of the system's gateway
 * @param cases in this order; all of them points, or all of them outages
 */
record Stint(int round, Cache cache, List<Case> cases) {}
