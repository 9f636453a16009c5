package org.stockbazaar.protocol.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/** Sets logging up by code, once, before the first line: no file to find, none to get wrong. */
public final class Logging {
  private Logging() {}

  /** All lines at INFO and above go to standard output and name {@code service}. */
  public static void start(String service, LogFormat format) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Encoder<ILoggingEvent> encoder =
        format == LogFormat.json ? new JsonLines(service) : new TextLines(service);
    log(context, encoder, "System.out", Level.INFO);
    // Chronicle and Netty tell at INFO what only their own authors want to know.
    context.getLogger("net.openhft").setLevel(Level.WARN);
    context.getLogger("io.netty").setLevel(Level.WARN);
  }

  /** Logs nothing from now on: for a command that runs within another program. */
  public static void off() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
  }

  /** All lines of {@code level} and above go to {@code target}. */
  static void log(
      LoggerContext context, Encoder<ILoggingEvent> encoder, String target, Level level) {
    encoder.setContext(context);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget(target);
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(console);
  }
}
