package org.stockbazaar.bench.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.message.Stock;

/** Reads a file of stocks to list: {@code name,price,quantity,max_trading_volume}. */
final class StocksCsv {
  private static final String HEAD = "name,price,quantity,max_trading_volume";
  private static final int COLUMNS = 4;

  private StocksCsv() {}

  /** {@link FailedException} names the line, the value and the rule. */
  static List<Stock> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new FailedException("cannot read " + file + ": " + e, e);
    }
    List<Stock> stocks = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.equals(HEAD)) {
        Stock stock = stock(line, file + ", line " + (i + 1) + ": ");
        if (!names.add(stock.name())) {
          throw new FailedException(
              file + ", line " + (i + 1) + ": " + stock.name() + " is in the file twice");
        }
        stocks.add(stock);
      }
    }
    if (stocks.isEmpty()) {
      throw new FailedException(file + " names no stock; its lines are " + HEAD);
    }
    return stocks;
  }

  private static Stock stock(String line, String where) {
    String[] cells = line.split(",", -1);
    if (cells.length != COLUMNS) {
      throw new FailedException(
          where + "'" + line + "' has " + cells.length + " columns; they must be " + HEAD);
    }
    String name = cells[0].strip();
    if (!Stock.isName(name)) {
      throw new FailedException(
          where + "'" + name + "' is no name of a stock; it has 1 to 40 of A-Z a-z 0-9 . _ -");
    }
    String most = cells[3].strip();
    return new Stock(
        name,
        cents(cells[1].strip(), where),
        whole(cells[2].strip(), where + "quantity "),
        0,
        most.isEmpty() ? 0 : whole(most, where + "max_trading_volume "),
        0);
  }

  private static long cents(String text, String where) {
    try {
      long cents = new BigDecimal(text).movePointRight(2).longValueExact();
      if (cents > 0) {
        return cents;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Said below.
    }
    throw new FailedException(where + "price '" + text + "': it must be more than 0, like 15.99");
  }

  private static long whole(String text, String where) {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new FailedException(where + "'" + text + "': it must be a whole number, at least 0");
  }
}
