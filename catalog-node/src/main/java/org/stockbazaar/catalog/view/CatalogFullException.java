package org.stockbazaar.catalog.view;

import java.io.Serial;

/** The order log lists more stocks than this catalog was made for. */
public final class CatalogFullException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  CatalogFullException(long capacity) {
    super(
        "the order log lists more than " + capacity + " stocks; start with a larger --stocks-max");
  }
}
