/**
 * What the nodes say to each other: one record per message, the entry of the order log, and the one
 * codec that turns both into bytes. Knows no channel, no thread and no clock.
 */
package org.stockbazaar.protocol.message;
