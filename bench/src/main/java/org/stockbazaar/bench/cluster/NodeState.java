package org.stockbazaar.bench.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What {@code status} tells of a process. Unknown or meaningless fields are null.
 *
 * @param state running, paused, dead (ended by itself or was killed) or stopped
 * @param lastNumber the newest transaction number in an order node's log
 * @param lag how many committed entries an order node is behind the leader
 * @param rssBytes resident memory
 * @param pssBytes the same, but of a page that n processes share the nth part
 */
@JsonPropertyOrder({
  "name",
  "kind",
  "pid",
  "state",
  "role",
  "epoch",
  "last_number",
  "lag",
  "rss_bytes",
  "pss_bytes",
  "address",
  "http_address"
})
public record NodeState(
    String name,
    String kind,
    Long pid,
    String state,
    String role,
    Long epoch,
    @JsonProperty("last_number") Long lastNumber,
    Long lag,
    @JsonProperty("rss_bytes") Long rssBytes,
    @JsonProperty("pss_bytes") Long pssBytes,
    String address,
    @JsonProperty("http_address") String httpAddress) {}
