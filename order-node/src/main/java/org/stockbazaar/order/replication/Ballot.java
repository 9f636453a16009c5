package org.stockbazaar.order.replication;

/** Port: epoch and vote of this replica (Raft's currentTerm and votedFor; thesis, figure 3.1). */
public interface Ballot {
  /** The highest epoch that this replica has seen, 0 at first. */
  long epoch();

  /** Whom it voted for in {@link #epoch}, 0 for nobody. */
  int votedFor();

  /** Remembers both. Durable on return. */
  void save(long epoch, int votedFor);
}
