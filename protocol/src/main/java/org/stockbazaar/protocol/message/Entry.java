package org.stockbazaar.protocol.message;

/**
 * One entry of the order log. Its 120 bytes (EntryCodec) are the same on the wire and on disk.
 *
 * @param index its place in the log; the first entry has 1
 * @param epoch the epoch of the leader that made it, at least 1
 * @param kind what it is
 * @param nextNumber the transaction number that the next trade after this entry gets; a trade's own
 *     number is {@code nextNumber - 1}
 * @param timeMillis the leader's wall clock when it was made, milliseconds since 1970; decides
 *     nothing
 * @param key a trade's key, {@link Key#NONE} in others
 * @param side a trade's side, null in others
 * @param quantity a trade's quantity, or a listed stock's first quantity; 0 in others
 * @param priceCents a listed stock's price in cents; 0 in others
 * @param volumeMax a listed stock's largest trading volume, 0 for none; 0 in others
 * @param stock the name of the stock that is traded or listed; empty in others
 * @param checksum CRC32C over the entry, seeded with the previous entry's checksum: it vouches for
 *     the whole log up to here
 */
public record Entry(
    long index,
    long epoch,
    Kind kind,
    long nextNumber,
    long timeMillis,
    Key key,
    Side side,
    long quantity,
    long priceCents,
    long volumeMax,
    String stock,
    int checksum) {

  /** What an entry does. */
  public enum Kind {
    /** Opens a leader's epoch; changes nothing else. */
    EPOCH(1),
    /** Lists a stock. */
    LIST(2),
    /** Buys or sells; the only kind that uses up a transaction number. */
    TRADE(3),
    /** Sets every stock back to its listed quantity and volume 0. */
    RESET(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The byte that stands for this kind in frames and records; never reused. */
    public int code() {
      return code;
    }
  }

  /** The transaction number of a trade. */
  public long number() {
    return nextNumber - 1;
  }
}
