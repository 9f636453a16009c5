package org.stockbazaar.catalog.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.message.Stock;

/**
 * Reads stocks from CSV: a header {@code name,price,quantity,max_trading_volume}, then a stock a
 * line; the maximum may be empty, for none. Every error names line, field, rule and value.
 */
public final class StocksFile {
  private static final String HEADER = "name,price,quantity,max_trading_volume";
  private static final Pattern PRICE = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,2}))?");
  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");

  private final String file;
  private int line;

  private StocksFile(String file) {
    this.file = file;
  }

  /** Reads a file; {@link FailedException} says what is wrong with it. */
  public static List<Stock> read(Path file) {
    try {
      return parse(file.toString(), Files.readAllLines(file));
    } catch (MalformedInputException e) {
      throw new FailedException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new FailedException("cannot read the stocks file " + file + ": " + e, e);
    }
  }

  /** The stocks that a new system has: ten, 100 shares of each. */
  public static List<Stock> standard() {
    try (InputStream in = StocksFile.class.getResourceAsStream("stocks.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return parse("stocks.csv", text.lines().toList());
    } catch (IOException e) {
      throw new FailedException("cannot read the built-in stocks: " + e, e);
    }
  }

  static List<Stock> parse(String file, List<String> lines) {
    return new StocksFile(file).parse(lines);
  }

  private List<Stock> parse(List<String> lines) {
    line = 1;
    if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
      throw wrong("the first line must be '" + HEADER + "'");
    }
    Map<String, Stock> stocks = new LinkedHashMap<>();
    for (String text : lines.subList(1, lines.size())) {
      line++;
      if (!text.isBlank()) {
        Stock stock = stock(text.strip());
        if (stocks.putIfAbsent(stock.name(), stock) != null) {
          throw wrong("name '" + stock.name() + "' stands twice; a stock is listed once");
        }
      }
    }
    return new ArrayList<>(stocks.values());
  }

  private Stock stock(String text) {
    String[] fields = text.split(",", -1);
    if (fields.length != 4) {
      throw wrong("'" + text + "' has " + fields.length + " fields; " + HEADER + " are 4");
    }
    String name = fields[0].strip();
    if (!Stock.isName(name)) {
      throw wrong("name '" + name + "': a name has 1 to 40 of A-Z a-z 0-9 . _ -");
    }
    long price = price(fields[1].strip());
    long quantity = count("quantity", fields[2].strip());
    String max = fields[3].strip();
    long volumeMax = max.isEmpty() ? 0 : count("max_trading_volume", max);
    if (!max.isEmpty() && volumeMax == 0) {
      throw wrong("max_trading_volume '0': at least 1, or empty for none");
    }
    return new Stock(name, price, quantity, 0, volumeMax, 0);
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

  private FailedException wrong(String what) {
    return new FailedException(file + ", line " + line + ": " + what);
  }
}
