package org.stockbazaar.order.log;

import java.util.Random;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Side;

/** Makes entries that continue a log, all by seed. */
final class Entries {
  private static final String[] NAMES = {"GameStart", "FishCo", "BoarCo", "MenhirCo"};

  private final Random random;
  private int listed;

  Entries(long seed) {
    this.random = new Random(seed);
  }

  /** Listings first, then mostly trades that the stocks allow. */
  Entry next(Log log) {
    if (log.lastIndex() == 0) {
      return epoch(log, 1);
    }
    if (listed < NAMES.length) {
      return list(log, NAMES[listed++], 1_000_000);
    }
    int dice = random.nextInt(50);
    if (dice == 0) {
      return epoch(log, log.lastEpoch() + 1);
    }
    if (dice == 1) {
      return reset(log);
    }
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    return trade(log, side, 1 + random.nextInt(5), NAMES[random.nextInt(NAMES.length)]);
  }

  void append(Log log, int count) {
    for (int i = 0; i < count; i++) {
      log.append(next(log));
    }
  }

  static Entry epoch(Log log, long epoch) {
    return entry(log, epoch, Entry.Kind.EPOCH, Key.NONE, null, 0, 0, "");
  }

  static Entry reset(Log log) {
    return entry(log, log.lastEpoch(), Entry.Kind.RESET, Key.NONE, null, 0, 0, "");
  }

  static Entry list(Log log, String stock, long quantity) {
    return entry(log, log.lastEpoch(), Entry.Kind.LIST, Key.NONE, null, quantity, 1599, stock);
  }

  Entry trade(Log log, Side side, long quantity, String stock) {
    var key = new Key(random.nextLong(), random.nextLong() | 1);
    return entry(log, log.lastEpoch(), Entry.Kind.TRADE, key, side, quantity, 0, stock);
  }

  private static Entry entry(
      Log log,
      long epoch,
      Entry.Kind kind,
      Key key,
      Side side,
      long quantity,
      long priceCents,
      String stock) {
    long number = log.nextNumber() + (kind == Entry.Kind.TRADE ? 1 : 0);
    long index = log.lastIndex() + 1;
    var unsealed =
        new Entry(index, epoch, kind, number, index, key, side, quantity, priceCents, 0, stock, 0);
    return EntryCodec.sealed(log.lastChecksum(), unsealed);
  }
}
