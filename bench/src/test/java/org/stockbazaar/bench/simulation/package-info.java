/**
 * The whole system in one thread: the services' own code on a simulated network, disk and clock.
 * One seed decides everything that happens, so that every failure can be seen again.
 */
package org.stockbazaar.bench.simulation;
