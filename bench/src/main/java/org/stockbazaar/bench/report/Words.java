package org.stockbazaar.bench.report;

import java.util.Locale;
import org.stockbazaar.bench.session.RequestKind;

/** Numbers and names as people read them. */
public final class Words {
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double MICROS_PER_SECOND = 1_000_000;
  private static final double DECIMALS_BELOW = 100;
  private static final double PERCENT = 100;
  private static final double THOUSAND = 1_000;
  private static final double MILLION = 1_000_000;
  private static final double SMALL_RATIO = 0.099;

  /** For what is not known. */
  private static final String NONE = "–";

  private Words() {}

  /** Whole microseconds, without their unit; one decimal below 100. */
  public static String micros(double micros) {
    if (Double.isNaN(micros)) {
      return NONE;
    }
    return String.format(Locale.ROOT, micros < DECIMALS_BELOW ? "%.1f" : "%,.0f", micros);
  }

  /** A time with the unit that fits. */
  public static String time(double micros) {
    if (Double.isNaN(micros)) {
      return NONE;
    }
    if (micros < MICROS_PER_MILLI) {
      return number(micros) + " µs";
    }
    return micros < MICROS_PER_SECOND
        ? number(micros / MICROS_PER_MILLI) + " ms"
        : number(micros / MICROS_PER_SECOND) + " s";
  }

  /** A label of an axis: short, for values with one digit that is not 0. */
  static String tick(double micros) {
    if (micros < MICROS_PER_MILLI) {
      return plain(micros) + " µs";
    }
    return micros < MICROS_PER_SECOND
        ? plain(micros / MICROS_PER_MILLI) + " ms"
        : plain(micros / MICROS_PER_SECOND) + " s";
  }

  /** A label of an axis of counts: short, for values with one digit that is not 0. */
  static String shortCount(double count) {
    if (count < THOUSAND) {
      return plain(count);
    }
    return count < MILLION ? plain(count / THOUSAND) + " k" : plain(count / MILLION) + " M";
  }

  /** A label of an axis of ratios, for values with one digit that is not 0. */
  static String shortRatio(double ratio) {
    return ratio < SMALL_RATIO ? String.format(Locale.ROOT, "%.2f", ratio) : plain(ratio);
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.1f" : "%.0f", value);
  }

  /** Three digits at least. */
  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  /** Milliseconds with one decimal, without their unit. */
  public static String millis(double millis) {
    return Double.isNaN(millis) ? NONE : String.format(Locale.ROOT, "%,.1f", millis);
  }

  /** A multiple of something; two decimals. */
  public static String ratio(double ratio) {
    return Double.isNaN(ratio) ? NONE : String.format(Locale.ROOT, "%,.2f", ratio);
  }

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** What part of the client's mean the gateway accounts for. */
  public static String share(Row client, Row gateway) {
    if (gateway == null || Double.isNaN(gateway.figures().mean()) || client.figures().mean() == 0) {
      return NONE;
    }
    double share = gateway.figures().mean() / client.figures().mean() * PERCENT;
    return String.format(Locale.ROOT, "%.0f %%", share);
  }

  /** As at the begin of a sentence. */
  static String title(RequestKind kind) {
    return Character.toUpperCase(kind.word().charAt(0)) + kind.word().substring(1);
  }

  /** As in names of files and fields. */
  static String field(RequestKind kind) {
    return kind.word().replace(' ', '_');
  }
}
