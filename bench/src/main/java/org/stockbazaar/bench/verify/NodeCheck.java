package org.stockbazaar.bench.verify;

import org.stockbazaar.order.log.Verification;

/**
 * What an order node's log holds.
 *
 * @param name the node
 * @param digest SHA-256 over its entries
 * @param good whether chain, numbering and books are right
 * @param problem what is not, empty when good
 */
public record NodeCheck(
    String name,
    long entries,
    long epoch,
    long orders,
    long stocks,
    String digest,
    boolean good,
    String problem) {
  /** The part of a verification that is told. */
  public static NodeCheck of(String name, Verification log) {
    return new NodeCheck(
        name,
        log.entries(),
        log.epoch(),
        log.orders(),
        log.stocks(),
        log.digest(),
        log.good(),
        log.problem());
  }
}
