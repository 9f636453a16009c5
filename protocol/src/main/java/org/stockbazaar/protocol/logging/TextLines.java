package org.stockbazaar.protocol.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Lines for people: {@code 2026-01-31T12:00:00.000Z ERROR order-1 [main] OrderServer: message}, and
 * below it the stack where there is one. Written out here, since a layout with a pattern brings
 * some seventy converters into each start.
 */
final class TextLines extends Lines {
  private static final int LEVEL_WIDTH = 5;

  private final DateTimeFormatter time =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  TextLines(String service) {
    super(service);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new StringBuilder();
    time.formatTo(event.getInstant(), line);
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(LEVEL_WIDTH - level.length()));
    line.append(' ').append(service);
    line.append(" [").append(event.getThreadName()).append("] ");
    String logger = event.getLoggerName();
    line.append(logger, logger.lastIndexOf('.') + 1, logger.length());
    line.append(": ").append(event.getFormattedMessage()).append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }
}
