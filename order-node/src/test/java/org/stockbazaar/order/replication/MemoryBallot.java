package org.stockbazaar.order.replication;

/** A ballot in memory that survives its node's crash, but not the loss of its disk. */
public final class MemoryBallot implements Ballot {
  private long epoch;
  private int votedFor;
  private boolean voter = true;

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

  @Override
  public boolean isVoter() {
    return voter;
  }

  @Override
  public void enroll() {
    voter = true;
  }

  /** The disk is lost, or new. */
  public void lose() {
    save(0, 0);
    voter = false;
  }
}
