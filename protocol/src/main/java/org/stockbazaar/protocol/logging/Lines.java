package org.stockbazaar.protocol.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

/** Writes events of one service as lines, with nothing before the first one or behind the last. */
abstract class Lines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  final String service;

  Lines(String service) {
    this.service = service;
  }

  @Override
  public final byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public final byte[] footerBytes() {
    return NOTHING;
  }
}
