package org.stockbazaar.order.replication;

/** A ballot in memory that survives its node's crash. */
public final class MemoryBallot implements Ballot {
  private long epoch;
  private int votedFor;

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public int votedFor() {
    return votedFor;
  }

  @Override
  public void save(long epoch, int votedFor) {
    this.epoch = epoch;
    this.votedFor = votedFor;
  }
}
