package org.stockbazaar.order.replication;

/**
 * What a leader knows of one peer (thesis 3.5, nextIndex and matchIndex).
 *
 * <pre>
 *            opened, refused                 success
 *   probing ◀──────────────── replicating ◀────────── probing
 *   one Append at a time       many on their way, next runs ahead of match
 * </pre>
 */
final class Progress {
  final int peer;

  /** Everything up to here is on the peer's disk and equal to the own log. */
  long match;

  /** False for a learner: what it has and hears counts for nothing. */
  boolean voter = true;

  /** The next entry to send. */
  long next;

  /** True while it is unknown where the logs part. */
  boolean probing;

  /** In probing: an Append is on its way. */
  boolean probed;

  /** True when its channel closed, and nothing came since. */
  boolean gone;

  long heardNanos;
  long sentNanos;

  /** The newest confirmation round sent to the peer, and the newest one that it answered. */
  long roundSent;

  long roundHeard;

  Progress(int peer, long next, long nowNanos) {
    this.peer = peer;
    this.next = next;
    heardNanos = nowNanos;
    sentNanos = nowNanos;
    probing = true;
  }

  /** A new channel: what was on its way is lost, and the peer may be another incarnation. */
  void reopened(long next) {
    match = 0;
    probe(next);
  }

  /** Goes back to finding where the logs part. */
  void probe(long from) {
    next = from;
    probing = true;
    probed = false;
  }

  /** The peer has everything up to {@code index}. */
  void matched(long index) {
    match = Math.max(match, index);
    next = Math.max(next, match + 1);
    probing = false;
  }

  /** True when entries up to {@code lastIndex} may be sent now. */
  boolean wants(long lastIndex, int windowMax) {
    return next <= lastIndex && (probing ? !probed : next - 1 - match < windowMax);
  }
}
