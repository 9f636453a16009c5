/**
 * The order log on disk: segments of chained records, recovery after a crash, the vote file, and
 * the tools that read a log without a running node. The only package of the order node that knows
 * files; decides nothing about orders or leaders. One thread owns a log.
 */
package org.stockbazaar.order.log;
