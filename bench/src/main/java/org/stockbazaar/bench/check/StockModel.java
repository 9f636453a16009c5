package org.stockbazaar.bench.check;

import org.stockbazaar.protocol.message.Side;

/** One stock without a maximum volume, as its clients may see it. */
public final class StockModel implements Model<StockModel.State, StockModel.Event> {
  private final State initial;

  /** The stock begins with these. */
  public StockModel(long quantity, long volume) {
    initial = new State(quantity, volume);
  }

  /** What a lookup shows. */
  public record State(long quantity, long volume) {}

  /** An operation and its answer. */
  public sealed interface Event {}

  /** A lookup that showed this. */
  public record Looked(long quantity, long volume) implements Event {}

  /** A trade that happened. */
  public record Traded(Side side, long shares) implements Event {}

  /** A buy that was refused for want of shares. */
  public record Refused(long shares) implements Event {}

  /** A trade whose outcome is not known. */
  public record Unknown(Side side, long shares) implements Event {}

  @Override
  public State initial() {
    return initial;
  }

  @Override
  public State step(State state, Event event) {
    if (event instanceof Looked looked) {
      boolean same = looked.quantity == state.quantity && looked.volume == state.volume;
      return same ? state : null;
    }
    if (event instanceof Traded traded) {
      return trade(state, traded.side, traded.shares);
    }
    if (event instanceof Refused refused) {
      return state.quantity < refused.shares ? state : null;
    }
    var unknown = (Unknown) event;
    State after = trade(state, unknown.side, unknown.shares);
    return after == null ? state : after;
  }

  private static State trade(State state, Side side, long shares) {
    long quantity = state.quantity + side.signed(shares);
    return quantity < 0 ? null : new State(quantity, state.volume + shares);
  }
}
