package org.stockbazaar.order.replication;

/** Port: epoch and vote of this replica (Raft's currentTerm and votedFor; thesis, figure 3.1). */
public interface Ballot {
  /** The highest epoch that this replica has seen, 0 at first. */
  long epoch();

  /** Whom it voted for in {@link #epoch}, 0 for nobody. */
  int votedFor();

  /** Remembers both. Durable on return, but a learner's. */
  void save(long epoch, int votedFor);

  /**
   * False for a learner: a replica that is new or has lost its disk, and so does not know what it
   * has promised. What it saves is forgotten with its process.
   */
  boolean isVoter();

  /** Makes a learner a voter, with what was saved last. Durable on return. */
  void enroll();
}
