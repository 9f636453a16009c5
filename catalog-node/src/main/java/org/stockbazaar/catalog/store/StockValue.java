package org.stockbazaar.catalog.store;

/** A stock's numbers as they lie in the map; Chronicle implements it over off-heap memory. */
public interface StockValue {
  long getPriceCents();

  void setPriceCents(long priceCents);

  long getQuantity();

  void setQuantity(long quantity);

  long getVolume();

  void setVolume(long volume);

  long getVolumeMax();

  void setVolumeMax(long volumeMax);

  long getListedQuantity();

  void setListedQuantity(long listedQuantity);

  long getLastIndex();

  void setLastIndex(long lastIndex);
}
