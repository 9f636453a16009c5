package org.stockbazaar.protocol.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LoggingTest {
  @Test
  @Tag("G11")
  void jsonLinesCarryTimeServiceThreadAndMessage() throws IOException {
    var logger = new LoggerContext().getLogger("org.stockbazaar.Test");
    var event =
        new LoggingEvent("", logger, Level.WARN, "a \"quoted\"\nline {}", null, new Object[] {7});
    event.setThreadName("loop");
    byte[] line = new JsonLines("order-1").encode(event);
    assertThat(line).endsWith((byte) '\n').containsOnlyOnce((byte) '\n');
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.get("service").textValue()).isEqualTo("order-1");
    assertThat(json.get("thread").textValue()).isEqualTo("loop");
    assertThat(json.get("message").textValue()).isEqualTo("a \"quoted\"\nline 7");
    assertThat(json.get("time").textValue()).endsWith("Z");
  }
}
