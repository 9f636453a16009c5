package org.stockbazaar.protocol.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LoggingTest {
  @Test
  void textLinesCarryTheSameForPeople() {
    var logger = new LoggerContext().getLogger("org.stockbazaar.Test");
    var failure = new IllegalStateException("broken");
    var event = new LoggingEvent("", logger, Level.WARN, "half of {}", failure, new Object[] {7});
    event.setInstant(Instant.parse("2026-01-31T12:00:00Z"));
    event.setThreadName("loop");
    String[] lines = new String(new TextLines("order-1").encode(event), UTF_8).split("\n", -1);
    assertThat(lines[0]).isEqualTo("2026-01-31T12:00:00.000Z WARN  order-1 [loop] Test: half of 7");
    assertThat(lines[1]).isEqualTo("java.lang.IllegalStateException: broken");
    assertThat(lines[2]).startsWith("\tat ").contains("LoggingTest");
    assertThat(lines[lines.length - 1]).isEmpty();
  }

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
