package org.stockbazaar.catalog.view;

import java.io.Serial;
import org.stockbazaar.protocol.message.Entry;

/**
 * An entry of the order log cannot be true of this view. Either the view is damaged, then
 * rebuilding it helps, or the log is. Never skipped.
 */
public final class CorruptionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  CorruptionException(Entry entry, String why) {
    super("entry " + entry.index() + " (" + entry.kind() + " " + entry.stock() + "): " + why);
  }
}
