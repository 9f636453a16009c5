package org.stockbazaar.bench.load;

/**
 * How one second of a load was.
 *
 * @param answers how many came
 * @param p999Nanos of them, from when they were due
 * @param longestNanos likewise
 * @param machine what the machine did meanwhile; null in a closed loop
 */
public record Second(
    long answers, long p999Nanos, long longestNanos, MachineWatch.Reading machine) {}
