package org.stockbazaar.order.trading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Entry.Kind;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Message.Foreign;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Message.Prepare;
import org.stockbazaar.protocol.message.Message.Withdraw;

/**
 * Brings committed entries to the catalog, in index order, from what it says it has. It sends ahead
 * by a bounded window; a catalog that went back (it rebuilt itself) is served from there again.
 */
final class CatalogFeed {
  private static final int ENTRIES_PER_APPLY_MAX = 1_000;
  private static final int ENTRIES_AHEAD_MAX = 8_000;
  private static final int PREPARED_MAX = 4_000;

  private final int node;
  private final Log log;
  private final Effects effects;
  private final Deque<Trading> trading = new ArrayDeque<>();
  private boolean open;
  private Applied last;
  private long sent;
  private long prepared;
  private long preparedEpoch;
  private boolean matched;
  private long roundAwaited;
  private boolean confirmed;
  private boolean confirmationTold;
  private long commitTold;

  /** Who let the stock go of a trade that is appended, and neither prepared nor committed. */
  private record Trading(long index, LetGo letGo) {}

  CatalogFeed(int node, Log log, Effects effects) {
    this.node = node;
    this.log = log;
    this.effects = effects;
  }

  boolean isOpen() {
    return open;
  }

  void opened() {
    open = true;
    last = null;
    begin();
  }

  void closed() {
    open = false;
    last = null;
    begin();
  }

  /** A new channel or a new leader: nothing is known of how far the catalog is, or was told. */
  void begin() {
    matched = false;
    prepared = 0;
    trading.clear();
    confirmed = false;
    confirmationTold = false;
    roundAwaited = Long.MAX_VALUE;
    commitTold = 0;
  }

  /** The round whose end shows that the leader's commit index is newer than the channel. */
  void await(long round) {
    roundAwaited = round;
  }

  void confirmed(long round) {
    confirmed |= round >= roundAwaited;
  }

  void applied(Applied applied) {
    if (last != null && applied.index() < last.index()) {
      matched = false;
    }
    last = applied;
  }

  /** A trade was appended: this gateway, if any, need not be told of it. */
  void traded(long index, LetGo letGo) {
    trading.addLast(new Trading(index, letGo));
  }

  private LetGo takeLetGo(long index) {
    forget(index - 1);
    boolean known = !trading.isEmpty() && trading.peekFirst().index == index;
    return known ? trading.removeFirst().letGo : LetGo.NOBODY;
  }

  private void forget(long lastIndex) {
    while (!trading.isEmpty() && trading.peekFirst().index <= lastIndex) {
      trading.removeFirst();
    }
  }

  /** Sends what there is to send. Only a serving leader calls it: it has every committed entry. */
  void flush(long epoch, long commitIndex) {
    forget(commitIndex);
    if (!open || last == null) {
      return;
    }
    if (!matched && !match(epoch)) {
      return;
    }
    boolean told = false;
    while (sent < commitIndex && sent - last.index() < ENTRIES_AHEAD_MAX) {
      int count = (int) Math.min(ENTRIES_PER_APPLY_MAX, commitIndex - sent);
      send(epoch, commitIndex, log.read(sent + 1, count));
      told = true;
    }
    boolean more = (confirmed && !confirmationTold) || commitTold < commitIndex;
    if (!told && more) {
      send(epoch, commitIndex, List.of());
    }
  }

  /**
   * Has the catalog make ready for the trades that are appended and not committed; false when there
   * are none. Not before the catalog follows this leader, and has everything before them.
   */
  boolean prepare(long epoch) {
    if (!open || last == null || !last.ready() || !matched) {
      return false;
    }
    long first = Math.max(sent, prepared) + 1;
    var stocks = new ArrayList<String>();
    var letGo = new ArrayList<LetGo>();
    for (long index = first; index <= log.lastIndex() && stocks.size() < PREPARED_MAX; index++) {
      Entry entry = log.read(index);
      if (entry.kind() != Kind.TRADE) {
        break;
      }
      stocks.add(entry.stock());
      letGo.add(takeLetGo(index));
    }
    if (stocks.isEmpty()) {
      return false;
    }
    prepared = first + stocks.size() - 1;
    preparedEpoch = epoch;
    effects.toCatalogAhead(new Prepare(epoch, first, stocks, letGo));
    return true;
  }

  /** This replica leads no more; what it knows to be committed ends at {@code commitIndex}. */
  void deposed(long commitIndex) {
    if (open && prepared > commitIndex) {
      effects.toCatalog(new Withdraw(preparedEpoch, commitIndex));
    }
    prepared = 0;
    trading.clear();
  }

  /** Finds the catalog's place on the log, or tells it that it has none. */
  private boolean match(long epoch) {
    boolean onLog =
        last.index() <= log.lastIndex() && log.checksumAt(last.index()) == last.checksum();
    if (!onLog) {
      effects.toCatalog(new Foreign(epoch, last.index(), last.checksum()));
      // Silent until the catalog says where it begins anew.
      last = null;
      return false;
    }
    matched = true;
    sent = last.index();
    return true;
  }

  private void send(long epoch, long commitIndex, List<Entry> entries) {
    effects.toCatalog(
        new Apply(epoch, node, confirmed, sent, log.checksumAt(sent), commitIndex, entries));
    sent += entries.size();
    confirmationTold = confirmed;
    commitTold = commitIndex;
  }
}
