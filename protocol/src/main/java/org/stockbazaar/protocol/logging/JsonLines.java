package org.stockbazaar.protocol.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object a line: time, level, service, thread, logger, message, and error where there is
 * one.
 */
final class JsonLines extends Lines {
  private final ObjectMapper json = new ObjectMapper();

  JsonLines(String service) {
    super(service);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = json.createObjectNode();
    line.put("time", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("service", service);
    line.put("thread", event.getThreadName());
    line.put("logger", event.getLoggerName());
    line.put("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    try {
      return (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings is always written", e);
    }
  }
}
