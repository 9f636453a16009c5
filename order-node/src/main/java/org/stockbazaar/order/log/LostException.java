package org.stockbazaar.order.log;

import java.io.Serial;

/**
 * What this replica had promised to keep is not on its disk any more; the message names it. Its
 * peers can give it back.
 */
public final class LostException extends StorageException {
  @Serial private static final long serialVersionUID = 1L;

  LostException(String message) {
    super(message);
  }
}
