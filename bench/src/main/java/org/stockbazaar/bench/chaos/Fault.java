package org.stockbazaar.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.stockbazaar.bench.cluster.Settings;

/**
 * What happens to a system at one moment: one strike, or several joined by {@code +}.
 *
 * @param strikes at least one
 */
public record Fault(List<Strike> strikes) {
  /** What is done to a process. */
  public enum Action {
    /** SIGKILL, and a start after a while. */
    KILL,
    /** SIGSTOP, and SIGCONT after a while. */
    PAUSE,
    /** SIGTERM and a start. */
    RESTART,
    /** The leadership is handed to an order node. */
    TRANSFER
  }

  /**
   * What is done to whom.
   *
   * @param target a process, or {@code catalog}, {@code gateway}, {@code order}, {@code leader},
   *     {@code follower}
   */
  public record Strike(Action action, String target) {
    @Override
    public String toString() {
      return action.name().toLowerCase(Locale.ROOT) + "-" + target;
    }
  }

  public Fault {
    strikes = List.copyOf(strikes);
  }

  /**
   * Reads {@code kill-leader} or {@code kill-leader+pause-gateway}.
   *
   * @throws IllegalArgumentException says what is wrong
   */
  public static Fault parse(String text) {
    List<Strike> strikes = new ArrayList<>();
    for (String part : text.split("\\+", -1)) {
      int dash = part.indexOf('-');
      String target = dash < 0 ? "" : part.substring(dash + 1);
      if (!target.matches("catalog|leader|follower|(gateway|order)(-[1-9][0-9]*)?")) {
        throw wrong(part);
      }
      try {
        var action = Action.valueOf(part.substring(0, dash).toUpperCase(Locale.ROOT));
        if (action == Action.TRANSFER && !target.matches("follower|order(-[0-9]+)?")) {
          throw wrong(part);
        }
        strikes.add(new Strike(action, target));
      } catch (IllegalArgumentException e) {
        throw wrong(part);
      }
    }
    return new Fault(strikes);
  }

  private static IllegalArgumentException wrong(String part) {
    return new IllegalArgumentException(
        "'"
            + part
            + "' is no fault; it must be kill-, pause- or restart- with catalog, gateway, order,"
            + " leader, follower, gateway-N or order-N, or transfer- with order, follower or"
            + " order-N; join faults at one moment with +");
  }

  /**
   * Checks that there is somebody to hit.
   *
   * @throws IllegalArgumentException when there is not
   */
  public void requireTargets(Settings settings, List<String> names) {
    for (Strike strike : strikes) {
      boolean named = strike.target.matches(".*-[0-9]+");
      if (named && !names.contains(strike.target)) {
        throw new IllegalArgumentException(
            strike + ": there is no such process; there are " + String.join(", ", names));
      }
      if (strike.target.equals("follower") && settings.replicas() == 1) {
        throw new IllegalArgumentException(strike + ": one order node has no follower");
      }
    }
  }

  /** Every single fault that this system can have. */
  public static List<Fault> all(Settings settings) {
    List<String> targets = new ArrayList<>(List.of("catalog", "gateway", "order"));
    if (settings.replicas() > 1) {
      targets.add("leader");
    }
    List<Fault> faults = new ArrayList<>();
    for (String target : targets) {
      for (Action action : List.of(Action.KILL, Action.PAUSE, Action.RESTART)) {
        faults.add(new Fault(List.of(new Strike(action, target))));
      }
    }
    if (settings.replicas() > 1) {
      faults.add(new Fault(List.of(new Strike(Action.TRANSFER, "order"))));
    }
    return faults;
  }

  @Override
  public String toString() {
    return strikes.stream().map(Strike::toString).collect(Collectors.joining("+"));
  }
}
