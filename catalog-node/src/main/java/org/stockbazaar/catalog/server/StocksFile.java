package org.stockbazaar.catalog.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.message.Stock;

/**
 * Stocks from CSV: a header {@code name,price,quantity,max_trading_volume}, then a stock a line;
 * the maximum may be empty, for none. Every error names line, field, rule and value.
 *
 * <p>Read a line at a time, again for each iterator, since there may be a million.
 */
public final class StocksFile implements Iterable<Stock> {
  private static final String HEADER = "name,price,quantity,max_trading_volume";
  private static final Pattern PRICE = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,2}))?");
  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");

  private final String name;
  private final Source source;
  private long count;

  /** Opens the text, from its beginning. */
  @FunctionalInterface
  interface Source {
    BufferedReader open() throws IOException;
  }

  private StocksFile(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  /** A file, read once to see that it is right; {@link FailedException} says what is wrong. */
  public static StocksFile of(Path file) {
    return checked(file.toString(), () -> Files.newBufferedReader(file));
  }

  /** The stocks that a new system has: ten, 100 shares of each. */
  public static StocksFile standard() {
    return checked(
        "stocks.csv",
        () ->
            new BufferedReader(
                new InputStreamReader(
                    StocksFile.class.getResourceAsStream("stocks.csv"), StandardCharsets.UTF_8)));
  }

  static StocksFile checked(String name, Source source) {
    var file = new StocksFile(name, source);
    int[] hashes = new int[1_024];
    int count = 0;
    for (Stock stock : file) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
      }
      hashes[count++] = stock.name().hashCode();
    }
    file.count = count;
    file.refuseTwins(Arrays.copyOf(hashes, count));
    return file;
  }

  /** Only names whose hashes stand twice are kept and compared: a million would fill the heap. */
  private void refuseTwins(int[] hashes) {
    Arrays.sort(hashes);
    Set<Integer> twice = new HashSet<>();
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - 1]) {
        twice.add(hashes[i]);
      }
    }
    Set<String> names = new HashSet<>();
    var lines = new Lines();
    while (!twice.isEmpty() && lines.hasNext()) {
      Stock stock = lines.next();
      if (twice.contains(stock.name().hashCode()) && !names.add(stock.name())) {
        throw lines.wrong("name '" + stock.name() + "' stands twice; a stock is listed once");
      }
    }
  }

  /** How many stocks there are. */
  public long count() {
    return count;
  }

  /**
   * The stocks in the file's order; {@link FailedException} when the file has changed for worse.
   */
  @Override
  public Iterator<Stock> iterator() {
    return new Lines();
  }

  /** Goes through the lines; the file is open until the last. */
  private final class Lines implements Iterator<Stock> {
    private BufferedReader reader;
    private int line;
    private Stock next;

    @Override
    public boolean hasNext() {
      if (next == null && (reader != null || line == 0)) {
        advance();
      }
      return next != null;
    }

    @Override
    public Stock next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Stock stock = next;
      next = null;
      return stock;
    }

    private void advance() {
      try {
        if (reader == null) {
          reader = source.open();
          header(read());
        }
        String text = read();
        while (text != null && text.isBlank()) {
          text = read();
        }
        if (text == null) {
          reader.close();
          reader = null;
        } else {
          next = stock(text.strip());
        }
      } catch (CharacterCodingException e) {
        throw new FailedException(name + " is not UTF-8 text", e);
      } catch (IOException e) {
        throw new FailedException("cannot read the stocks file " + name + ": " + e, e);
      }
    }

    private String read() throws IOException {
      line++;
      return reader.readLine();
    }

    private void header(String text) {
      if (text == null || !text.strip().equals(HEADER)) {
        throw wrong("the first line must be '" + HEADER + "'");
      }
    }

    private Stock stock(String text) {
      String[] fields = text.split(",", -1);
      if (fields.length != 4) {
        throw wrong("'" + text + "' has " + fields.length + " fields; " + HEADER + " are 4");
      }
      String stock = fields[0].strip();
      if (!Stock.isName(stock)) {
        throw wrong("name '" + stock + "': a name has 1 to 40 of A-Z a-z 0-9 . _ -");
      }
      long price = price(fields[1].strip());
      long quantity = count("quantity", fields[2].strip());
      String max = fields[3].strip();
      long volumeMax = max.isEmpty() ? 0 : count("max_trading_volume", max);
      if (!max.isEmpty() && volumeMax == 0) {
        throw wrong("max_trading_volume '0': at least 1, or empty for none");
      }
      return new Stock(stock, price, quantity, 0, volumeMax, 0);
    }

    private long price(String text) {
      var matcher = PRICE.matcher(text);
      if (!matcher.matches()) {
        throw wrong("price '" + text + "': digits with at most two decimals, as in 15.99");
      }
      String decimals = matcher.group(2) == null ? "" : matcher.group(2);
      long cents = decimals.isEmpty() ? 0 : Long.parseLong(decimals);
      return Long.parseLong(matcher.group(1)) * 100 + (decimals.length() == 1 ? cents * 10 : cents);
    }

    private long count(String field, String text) {
      if (!COUNT.matcher(text).matches()) {
        throw wrong(field + " '" + text + "': a whole number of at most 15 digits");
      }
      return Long.parseLong(text);
    }

    FailedException wrong(String what) {
      return new FailedException(name + ", line " + line + ": " + what);
    }
  }
}
