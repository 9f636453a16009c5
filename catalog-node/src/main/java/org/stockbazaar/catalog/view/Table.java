package org.stockbazaar.catalog.view;

import java.util.List;
import org.stockbazaar.protocol.message.Stock;

/** Port: where the stocks are kept. Calls do not block; nothing is promised about a crash. */
public interface Table {
  /** The stock, or null. */
  Stock get(String name);

  /** The quantity that this stock was listed with; 0 when there is no such stock. */
  long listedQuantity(String name);

  /**
   * Adds or replaces a stock. There must be room for it: {@link #size} below {@link #capacity}, or
   * the stock there already.
   *
   * @param listedQuantity what RESET sets its quantity back to
   */
  void put(Stock stock, long listedQuantity);

  /** How many stocks there are. */
  long size();

  /** How many there can be. */
  long capacity();

  /** The first stocks behind {@code name} in name order, at most {@code limit}. */
  List<Stock> after(String name, int limit);

  /** Removes all. */
  void clear();
}
