package org.stockbazaar.bench.experiment;

/** Which order nodes are there while clients trade. */
public enum Outage implements Case {
  NONE("all-replicas", "all replicas"),
  FOLLOWER_DOWN("follower-down", "a follower down"),
  LEADER_KILLED("leader-killed", "leader killed");

  private final String id;
  private final String words;

  Outage(String id, String words) {
    this.id = id;
    this.words = words;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String words() {
    return words;
  }
}
