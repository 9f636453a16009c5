package org.stockbazaar.order.log;

import java.util.SortedMap;
import org.stockbazaar.protocol.message.Stock;

/**
 * What a log holds, up to its end, its first problem, or the index that was asked for.
 *
 * @param entries how many entries, which is the index of the last one
 * @param epoch its epoch
 * @param checksum its checksum
 * @param orders how many orders; the next one gets this transaction number
 * @param stocks how many stocks are listed
 * @param good whether chain, numbering and books are right
 * @param problem what is not, empty when good
 * @param digest SHA-256 over the entries, in hex: equal for replicas whose entries are
 * @param stocksDigest the digest of a catalog that has applied just these entries
 * @param books every stock as the entries leave it
 */
public record Verification(
    long entries,
    long epoch,
    int checksum,
    long orders,
    long stocks,
    boolean good,
    String problem,
    String digest,
    long stocksDigest,
    SortedMap<String, Stock> books) {}
