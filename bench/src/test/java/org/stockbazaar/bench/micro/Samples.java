package org.stockbazaar.bench.micro;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/** What is traded here: buys and sells of one share in turns, so that stocks never sell out. */
final class Samples {
  /** The epoch of everything. */
  static final long EPOCH = 1;

  private static final long TIME_MILLIS = 1_700_000_000_000L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final String[] NAMES = {
    "GameStart",
    "FishCo",
    "BoarCo",
    "MenhirCo",
    "RoyalBiscuits",
    "PotionWorks",
    "DolmenDesign",
    "SickleAndSons"
  };

  private Samples() {}

  static List<String> names() {
    return List.of(NAMES);
  }

  static String name(long place) {
    return NAMES[(int) place & (NAMES.length - 1)];
  }

  /** As it is listed, and as it is again after an even number of trades. */
  static Stock stock(String name) {
    return new Stock(name, 1599, 100, 0, 0, 1);
  }

  /** The key of the trade at a place; no two are equal. */
  static Key key(long place) {
    return new Key(place * GOLDEN, place);
  }

  static Trade trade(long place) {
    return new Trade(EPOCH, key(place), side(place), 1, name(place));
  }

  private static Side side(long place) {
    // Every name is bought and sold in turns.
    return (place / NAMES.length & 1) == 0 ? Side.SELL : Side.BUY;
  }

  /** The entry of {@link #trade} at {@code index}, sealed as a leader does. */
  static Entry entry(long index, int previousChecksum, long nextNumber, String name) {
    return EntryCodec.sealed(
        previousChecksum,
        new Entry(
            index,
            EPOCH,
            Entry.Kind.TRADE,
            nextNumber,
            TIME_MILLIS,
            key(index),
            side(index),
            1,
            0,
            0,
            name,
            0));
  }

  /** The entry that lists a stock, where no trade is in the log yet. */
  static Entry listing(long index, int previousChecksum, Stock stock) {
    return EntryCodec.sealed(
        previousChecksum,
        new Entry(
            index,
            EPOCH,
            Entry.Kind.LIST,
            0,
            TIME_MILLIS,
            Key.NONE,
            null,
            stock.quantity(),
            stock.priceCents(),
            stock.volumeMax(),
            stock.name(),
            0));
  }

  /** So many trades, from index {@code first} on. */
  static List<Entry> entries(long first, int previousChecksum, long number, int count) {
    var entries = new ArrayList<Entry>(count);
    int checksum = previousChecksum;
    for (int i = 0; i < count; i++) {
      Entry entry = entry(first + i, checksum, number + i + 1, name(first + i));
      entries.add(entry);
      checksum = entry.checksum();
    }
    return entries;
  }
}
