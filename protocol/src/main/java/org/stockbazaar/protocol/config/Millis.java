package org.stockbazaar.protocol.config;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A duration as people write it: {@code 50ms}, {@code 5s}, {@code 2m}.
 *
 * @param millis milliseconds, at least 0
 */
public record Millis(long millis) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m)");

  /** Reads a duration; {@link IllegalArgumentException} says what is wrong with it. */
  public static Millis parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no duration; write 50ms, 5s or 2m");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> new Millis(amount);
      case "s" -> new Millis(TimeUnit.SECONDS.toMillis(amount));
      default -> new Millis(TimeUnit.MINUTES.toMillis(amount));
    };
  }

  public long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public String toString() {
    return millis + "ms";
  }
}
