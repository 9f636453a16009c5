/**
 * Benchmarks of the parts that every request passes, under JMH: nanoseconds and bytes allocated.
 * They say where time goes and what a change brings; what a user gets is measured on a running
 * system. {@code bench/README.md} says how to run them.
 */
package org.stockbazaar.bench.micro;
