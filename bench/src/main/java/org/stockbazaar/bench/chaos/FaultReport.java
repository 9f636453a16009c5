package org.stockbazaar.bench.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A fault that happened, and what clients saw of it until the next one. Times in milliseconds.
 *
 * @param at since the run began
 * @param fault as it was asked for
 * @param targets the processes that it met
 * @param hold how long they were dead or paused
 * @param healed from the end of that until every process was ready
 * @param awayGap the longest time in which no client had an answer to a trade, while they were
 * @param tradeGap the same from the fault to the next one: what is started again takes its share of
 *     the machine
 * @param lookupGap the same as {@code tradeGap} for stock lookups
 * @param slowest the longest time that one request took, retries included
 * @param answers how many requests were answered
 */
public record FaultReport(
    @JsonProperty("at_millis") double at,
    String fault,
    List<String> targets,
    @JsonProperty("hold_millis") double hold,
    @JsonProperty("healed_millis") double healed,
    @JsonProperty("away_gap_millis") double awayGap,
    @JsonProperty("trade_gap_millis") double tradeGap,
    @JsonProperty("lookup_gap_millis") double lookupGap,
    @JsonProperty("slowest_millis") double slowest,
    long answers) {}
