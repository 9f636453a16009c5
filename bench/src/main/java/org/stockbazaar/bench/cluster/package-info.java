/**
 * A whole system of real processes on one machine: which there are, where they listen, where their
 * files lie, how they are started, signalled and asked. The {@code bazaar} command and the
 * whole-system tests use the same kit.
 */
package org.stockbazaar.bench.cluster;
