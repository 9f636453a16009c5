package org.stockbazaar.protocol.message;

/**
 * A stock as the catalog has it.
 *
 * @param name 1 to 40 characters of {@code A-Z a-z 0-9 . _ -}
 * @param priceCents its price in cents
 * @param quantity shares on offer, at least 0
 * @param volume shares bought and sold so far, at least 0
 * @param volumeMax the volume that it may not exceed, 0 for none
 * @param lastIndex log index of the entry that changed it last
 */
public record Stock(
    String name, long priceCents, long quantity, long volume, long volumeMax, long lastIndex) {
  /** The longest name, in characters and bytes. */
  public static final int NAME_BYTES_MAX = 40;

  /** The largest quantity of one order. */
  public static final long ORDER_QUANTITY_MAX = 1_000_000_000L;

  /** Tells whether {@code name} may name a stock. */
  public static boolean isName(String name) {
    int length = name.length();
    if (length < 1 || length > NAME_BYTES_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
