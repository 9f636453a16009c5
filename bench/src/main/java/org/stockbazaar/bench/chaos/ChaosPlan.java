package org.stockbazaar.bench.chaos;

import java.util.List;

/**
 * What a run does.
 *
 * @param seconds how long faults happen
 * @param count faults after which it ends even if there is time left
 * @param seed decides faults, targets, times and what clients ask for; not how all that meets
 * @param sessions clients, each with a connection to every gateway
 * @param stocksUsed how many stocks they trade; the fewer, the more they meet each other
 * @param faults to choose from
 * @param inTurn faults happen in the order given, again and again, and not at random
 * @param holdMillisMin the shortest time that a target stays dead or paused
 * @param holdMillis the longest one
 * @param gapMillis the longest time from a system that is whole again to the next fault
 * @param thinkMicros what a client waits between an answer and its next request
 * @param deadlineMillis how long a request may go without a final answer
 */
public record ChaosPlan(
    int seconds,
    int count,
    long seed,
    int sessions,
    int stocksUsed,
    List<Fault> faults,
    boolean inTurn,
    int holdMillisMin,
    int holdMillis,
    int gapMillis,
    int thinkMicros,
    int deadlineMillis) {}
