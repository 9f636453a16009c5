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
   * Adds a stock that is not there yet. There must be room for it: {@link #size} below {@link
   * #capacity}.
   *
   * @param listedQuantity what RESET sets its quantity back to
   */
  void add(Stock stock, long listedQuantity);

  /** Replaces a stock that is there; what it was listed with stays. */
  void replace(Stock stock);

  /** How many stocks there are. */
  long size();

  /** How many there can be. */
  long capacity();

  /** The first stocks behind {@code name} in name order, at most {@code limit}. */
  List<Stock> after(String name, int limit);

  /**
   * Replaces all stocks by those of the newest checkpoint that was not tried yet, by none when
   * there is no more. The checkpoint that was tried before is given up.
   */
  Basis older();

  /** Removes all stocks, and all checkpoints: what was made from a damaged view is damaged, too. */
  void clear();
}
