package org.stockbazaar.bench.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.stockbazaar.order.log.Verification;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Side;

/** The orders that the log got during a run. */
final class RunLog implements Consumer<Entry> {
  private static final int START = 1024;

  private final List<String> stocks;
  private final long firstNumber;
  private final Verification before;
  private int size;
  private byte[] stock = new byte[START];
  private long[] signed = new long[START];
  private long[] keyHigh = new long[START];
  private long[] keyLow = new long[START];
  private long lastIndex;
  private String trouble;

  /**
   * @param stocks the stocks of the run, fewer than 128
   * @param before the log when the run began
   */
  RunLog(List<String> stocks, Verification before) {
    this.stocks = stocks;
    this.before = before;
    firstNumber = before.orders();
  }

  @Override
  public void accept(Entry entry) {
    lastIndex = entry.index();
    if (entry.index() <= before.entries()) {
      if (entry.index() == before.entries() && entry.checksum() != before.checksum()) {
        trouble = "the log of before the run is another one now, up to entry " + entry.index();
      }
    } else if (entry.kind() == Entry.Kind.RESET) {
      trouble = "the entry " + entry.index() + " resets all stocks: no verdict over such a run";
    } else if (entry.kind() == Entry.Kind.TRADE) {
      if (entry.number() != firstNumber + size) {
        trouble = "entry " + entry.index() + " has number " + entry.number() + " out of turn";
      }
      add(entry);
    }
  }

  private void add(Entry entry) {
    if (size == stock.length) {
      int larger = size + size / 2;
      stock = Arrays.copyOf(stock, larger);
      signed = Arrays.copyOf(signed, larger);
      keyHigh = Arrays.copyOf(keyHigh, larger);
      keyLow = Arrays.copyOf(keyLow, larger);
    }
    stock[size] = (byte) stocks.indexOf(entry.stock());
    signed[size] = entry.side().signed(entry.quantity());
    keyHigh[size] = entry.key().high();
    keyLow[size] = entry.key().low();
    size++;
  }

  /** What makes any further verdict meaningless; null for nothing. */
  String trouble() {
    return lastIndex < before.entries()
        ? "the log ends at entry " + lastIndex + "; before the run it had " + before.entries()
        : trouble;
  }

  long firstNumber() {
    return firstNumber;
  }

  /** How many orders. */
  int size() {
    return size;
  }

  boolean has(long number) {
    return number >= firstNumber && number - firstNumber < size;
  }

  /** The place of an order that is here, from 0. */
  int place(long number) {
    return (int) (number - firstNumber);
  }

  long number(int place) {
    return firstNumber + place;
  }

  /** Index of its stock, -1 for one that the run does not use. */
  int stock(int place) {
    return stock[place];
  }

  Side side(int place) {
    return signed[place] < 0 ? Side.BUY : Side.SELL;
  }

  long quantity(int place) {
    return Math.abs(signed[place]);
  }

  Key key(int place) {
    return new Key(keyHigh[place], keyLow[place]);
  }

  /** Orders whose key another one before them has. */
  List<String> repeatedKeys() {
    long[] sorted = Arrays.copyOf(keyHigh, size);
    Arrays.sort(sorted);
    List<String> repeated = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      if (sorted[i] == sorted[i - 1]) {
        repeated.add("orders " + numbers(sorted[i]) + " have one idempotency key");
      }
    }
    return repeated;
  }

  private List<Long> numbers(long high) {
    List<Long> numbers = new ArrayList<>();
    for (int place = 0; place < size; place++) {
      if (keyHigh[place] == high) {
        numbers.add(number(place));
      }
    }
    return numbers;
  }
}
