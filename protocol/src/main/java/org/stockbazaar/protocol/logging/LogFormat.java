package org.stockbazaar.protocol.logging;

/** How a log line looks. */
public enum LogFormat {
  text,
  json
}
