/**
 * Faults on real processes while clients trade, and the verdict on what the clients saw. Clients
 * write histories; {@code Judge} holds them against the order log and against each other.
 */
package org.stockbazaar.bench.chaos;
