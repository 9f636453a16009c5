package org.stockbazaar.protocol.message;

import java.util.List;

/**
 * Everything that nodes say to each other. A request is answered under its correlation by the reply
 * named in its Javadoc, or by {@link Failed}; one-way messages carry correlation 0.
 */
public sealed interface Message {

  // ---- any channel -----------------------------------------------------------------------------

  /**
   * First frame both ways.
   *
   * @param versionMin lowest protocol version that the sender speaks
   * @param versionMax highest one
   * @param cluster what the cluster's secret names, 64 bits; differing ones are refused
   * @param role the sender's role
   * @param node its number: 3 for {@code order-3}
   * @param incarnation grows with each start of the same node
   * @param nonce 32 random bytes
   * @param members ids of the order group as the sender was configured, ascending; empty where the
   *     sender does not know them
   */
  record Hello(
      int versionMin,
      int versionMax,
      long cluster,
      Role role,
      int node,
      long incarnation,
      Bytes32 nonce,
      List<Integer> members)
      implements Message {}

  /** Second frame both ways: HMAC-SHA256 under the cluster secret over both HELLOs. */
  record Proof(Bytes32 hmac) implements Message {}

  /**
   * The reply to any request that did not succeed; its status travels in the frame's header.
   *
   * @param status not OK
   * @param reason the rule
   * @param leader with NOT_LEADER: the leader that this replica hears, 0 for none
   * @param detail for people, at most 255 bytes of ASCII
   */
  record Failed(Status status, Reason reason, int leader, String detail) implements Message {}

  // ---- gateway to order node -------------------------------------------------------------------

  /** Asks a replica for its state; answered by {@link Pong}. */
  record Ping() implements Message {}

  /**
   * A replica's state.
   *
   * @param node its id
   * @param incarnation grows with each start
   * @param voter false for a learner
   * @param epoch its current epoch
   * @param lastEpoch epoch of its last entry, 0 for an empty log
   * @param lastIndex index of its last entry, 0 for an empty log
   * @param commitIndex the highest index that it knows to be committed
   * @param nextNumber the transaction number that the next trade gets by its log
   * @param leader the live leader that it hears or is, 0 for none
   * @param serving true when it leads and its EPOCH entry is committed
   */
  record Pong(
      int node,
      long incarnation,
      boolean voter,
      long epoch,
      long lastEpoch,
      long lastIndex,
      long commitIndex,
      long nextNumber,
      int leader,
      boolean serving)
      implements Message {}

  /**
   * Asks a replica to stand for election; answered by {@link Elected} when it leads, else by {@link
   * Failed} with the reason.
   *
   * @param epoch the highest epoch that the nominator saw
   * @param answered ids of the replicas that answered its pings
   */
  record Nominate(long epoch, List<Integer> answered) implements Message {}

  /** The nominee leads in {@code epoch}. */
  record Elected(long epoch) implements Message {}

  /**
   * One-way hint from a gateway: {@code leader} leads in {@code epoch}. Changes no vote and no log.
   */
  record Announce(int leader, long epoch) implements Message {}

  /**
   * Asks the leader to hand over to replica {@code to}; answered by {@link Elected} or a reason.
   */
  record Transfer(int to) implements Message {}

  /**
   * A trade; answered by {@link Traded}.
   *
   * @param epoch of the leader that it is meant for. A leader of any other epoch refuses it: what
   *     waited unread for one of before must not be judged by one of later, when its sender has had
   *     another leader's answer
   * @param letGo by whom the stock was let go before this was sent
   */
  record Trade(long epoch, Key key, Side side, long quantity, String stock, LetGo letGo)
      implements Message {

    /** By one who holds no stocks. */
    public Trade(long epoch, Key key, Side side, long quantity, String stock) {
      this(epoch, key, side, quantity, stock, LetGo.NOBODY);
    }
  }

  /**
   * A gateway has forgotten a stock, and keeps no answer to a {@link Lookup} of it up to a number.
   * That stays true, so it may be told late, and of a trade that is never committed.
   *
   * @param gateway its id, 0 for nobody
   * @param incarnation of the process that did, since each one counts its lookups anew
   * @param lookup that number, of the gateway's last lookup of any stock
   */
  record LetGo(int gateway, long incarnation, long lookup) {
    public static final LetGo NOBODY = new LetGo(0, 0, 0);
  }

  /** The trade, or the first one under its key, has this transaction number. */
  record Traded(long number) implements Message {}

  /** Looks an order up; answered by {@link Order}. */
  record FindOrder(long number) implements Message {}

  /** An order as it was logged. */
  record Order(long number, Side side, long quantity, String stock) implements Message {}

  /**
   * Asks the leader to set every stock back to what it was listed with; answered by {@link
   * WasReset} once nobody can see anything older.
   */
  record Reset() implements Message {}

  /** The stocks are reset by the entry at {@code index}. */
  record WasReset(long index) implements Message {}

  // ---- order node to order node ----------------------------------------------------------------

  /**
   * Asks for a vote (Raft, thesis 3.4) or a pre-vote (9.6); answered one-way by {@link Vote}.
   *
   * @param epoch the epoch to vote in; for a pre-vote the one that the candidate would open
   * @param preVote true when nothing is to be changed yet
   * @param handOver true when the leader itself asked for this election (3.10): overrides
   *     stickiness
   * @param candidate who asks
   * @param lastEpoch epoch of the candidate's last entry
   * @param lastIndex index of the candidate's last entry
   */
  record RequestVote(
      long epoch, boolean preVote, boolean handOver, int candidate, long lastEpoch, long lastIndex)
      implements Message {}

  /**
   * A vote or its refusal.
   *
   * @param epoch the voter's epoch; for a granted pre-vote the one asked for
   * @param preVote as asked
   * @param granted whether the vote is given
   * @param reason why not, {@link Reason#NONE} when granted
   */
  record Vote(long epoch, boolean preVote, boolean granted, Reason reason) implements Message {}

  /**
   * The leader's entries, or its heartbeat when there are none; answered one-way by {@link
   * Appended}.
   *
   * @param epoch the leader's epoch
   * @param leader its id
   * @param round confirmation round, echoed in the answer
   * @param previousIndex index of the entry before the first one here
   * @param previousEpoch that entry's epoch
   * @param previousChecksum that entry's checksum
   * @param commitIndex highest committed index
   * @param releasedIndex every entry up to here is released
   * @param entries in index order, without gaps
   */
  record Append(
      long epoch,
      int leader,
      long round,
      long previousIndex,
      long previousEpoch,
      int previousChecksum,
      long commitIndex,
      long releasedIndex,
      List<Entry> entries)
      implements Message {}

  /**
   * A follower's answer to {@link Append}.
   *
   * @param epoch its epoch
   * @param round as in the append
   * @param success whether the entry before the first one was there
   * @param index on success: everything up to here is on its disk and equal to the leader's; else:
   *     try from here, at most
   * @param voter false for a learner, which counts for nothing
   */
  record Appended(long epoch, long round, boolean success, long index, boolean voter)
      implements Message {}

  /** One-way, from a leader: stand for election at once (3.10). */
  record HandOver(long epoch) implements Message {}

  /** A learner asks what it may have promised; answered one-way by {@link EpochIs}. */
  record AskEpoch() implements Message {}

  /**
   * A replica's epoch.
   *
   * @param epoch the highest that it has seen
   * @param voter false for a learner
   * @param blank whether it never voted and has no entries
   */
  record EpochIs(long epoch, boolean voter, boolean blank) implements Message {}

  // ---- order node to catalog node --------------------------------------------------------------

  /**
   * One-way, from the leader: committed entries in index order; without entries it tells the commit
   * index. Answered one-way by {@link Applied}.
   *
   * @param epoch the leader's epoch
   * @param leader its id
   * @param confirmed whether a majority has confirmed the leader since this channel opened, so that
   *     {@code commitIndex} is at least as new as the channel
   * @param previousIndex index of the entry before the first one here
   * @param previousChecksum that entry's checksum
   * @param commitIndex highest committed index
   * @param entries in index order, without gaps
   */
  record Apply(
      long epoch,
      int leader,
      boolean confirmed,
      long previousIndex,
      int previousChecksum,
      long commitIndex,
      List<Entry> entries)
      implements Message {}

  /**
   * One-way, from the catalog: what it has. Sent when a channel opens, after each turn that
   * applied, and whenever something was released.
   *
   * @param index last applied index
   * @param checksum checksum of the entry there
   * @param ready whether it serves and releases; before, nothing counts as released
   * @param unreleased indexes of what is applied or prepared that are not released yet, ascending;
   *     every other one up to {@code index} is released
   */
  record Applied(long index, int checksum, boolean ready, List<Long> unreleased)
      implements Message {}

  /**
   * One-way, from the leader: the catalog's (index, checksum) is not on the leader's log. The
   * catalog drops its map, takes a checkpoint that is on the log or starts from 0, and says {@link
   * Applied}.
   */
  record Foreign(long epoch, long index, int checksum) implements Message {}

  /**
   * One-way, from the catalog to the leader: list these stocks.
   *
   * @param appliedIndex what the catalog had applied when it found that they are not listed; the
   *     leader leaves out what was listed since
   * @param stocks name, price, quantity and maximum count
   */
  record Propose(long appliedIndex, List<Stock> stocks) implements Message {}

  /**
   * From the leader: looks a stock up for its book, released or not, once the catalog has applied
   * at least {@code minimumIndex}; answered by {@link Found}.
   */
  record Hydrate(String stock, long minimumIndex) implements Message {}

  /**
   * One-way, from the leader: trades that it has appended and not committed yet, one behind the
   * other. The catalog makes ready for them meanwhile: it tells gateways that have not let go to
   * drop their stocks, and no lookup shows one of these before it is known what became of the
   * trade. Answered one-way by {@link Prepared}, or not at all: without it the trades are released
   * when they are applied.
   *
   * @param epoch the leader's epoch
   * @param firstIndex index of the first one
   * @param stocks the stock of each
   * @param letGo by whom it was let go before each trade: as many
   */
  record Prepare(long epoch, long firstIndex, List<String> stocks, List<LetGo> letGo)
      implements Message {}

  /**
   * One-way, from the catalog: trades that are prepared are released as soon as they are committed.
   *
   * @param epoch of the leader that prepared them
   * @param index up to here
   * @param unreleased as in {@link Applied}; every other index up to {@code index} is released once
   *     it is committed
   */
  record Prepared(long epoch, long index, List<Long> unreleased) implements Message {}

  /**
   * One-way, from one who led: nobody was told of what it prepared behind an index, nor will be by
   * it. Lookups need not wait for that any more.
   *
   * @param epoch the one that it led in
   * @param index the highest that it knew to be committed
   */
  record Withdraw(long epoch, long index) implements Message {}

  // ---- gateway to catalog node -----------------------------------------------------------------

  /** Renews the gateway's lease; answered by {@link Renewed}. */
  record Renew() implements Message {}

  /** The lease runs from when the catalog received the renewal. */
  record Renewed() implements Message {}

  /** Ends the gateway's lease: it holds nothing any more; answered by {@link Left}. */
  record Leave() implements Message {}

  /** The lease is ended. */
  record Left() implements Message {}

  /**
   * Looks a stock up; answered by {@link Found} when what it would show is released.
   *
   * @param hold 0, or a number by which the gateway may keep the answer while its lease lasts: it
   *     is then told by {@link Drop} before anybody hears of a change, if it has not let go by
   *     itself ({@link LetGo}). It grows with each such lookup of a gateway's process
   */
  record Lookup(String stock, long hold) implements Message {}

  /** A stock. */
  record Found(Stock stock) implements Message {}

  /** Stocks in name order, from the first one after {@code after}; answered by {@link Page}. */
  record Browse(String after, int limit) implements Message {}

  /**
   * A page of stocks.
   *
   * @param stocks at most 1000, in name order
   * @param more whether there are stocks behind the last one
   */
  record Page(List<Stock> stocks, boolean more) implements Message {}

  /**
   * From the catalog: forget these stocks, or all when there are none; answered by {@link Dropped}.
   */
  record Drop(List<String> stocks) implements Message {}

  /** The gateway holds none of them any more. */
  record Dropped() implements Message {}

  // ---- tools to catalog node -------------------------------------------------------------------

  /** Asks for the digest of the catalog; answered by {@link Digested}. */
  record Digest() implements Message {}

  /**
   * What the catalog has.
   *
   * @param index last applied index
   * @param checksum checksum of the entry there
   * @param stocks how many stocks
   * @param digest sum, modulo 2^64, of every stock's digest ({@link StockDigest})
   */
  record Digested(long index, int checksum, long stocks, long digest) implements Message {}

  /** Lists stocks that are new; answered by {@link Listed} when all are applied. */
  record ListStocks(List<Stock> stocks) implements Message {}

  /**
   * The listing is done.
   *
   * @param added how many were new
   * @param known how many were listed before and left as they are
   */
  record Listed(int added, int known) implements Message {}
}
