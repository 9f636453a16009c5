package org.stockbazaar.order.log;

import java.io.IOException;
import java.io.Serial;

/**
 * The disk failed, or what is on it cannot be trusted. The node stops: nobody knows what a failed
 * sync has left behind, and a damaged record is never served.
 */
public class StorageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  StorageException(String message) {
    super(message);
  }

  StorageException(String message, IOException cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
