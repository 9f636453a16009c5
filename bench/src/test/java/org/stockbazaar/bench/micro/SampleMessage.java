package org.stockbazaar.bench.micro;

import java.util.List;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Lookup;
import org.stockbazaar.protocol.message.Message.Traded;

/** The messages on the way of a trade and of a lookup. */
@SuppressWarnings("ImmutableEnumChecker") // Messages are values, which the checker cannot see.
public enum SampleMessage {
  TRADE(Samples.trade(1_234_567)),
  TRADED(new Traded(1_234_567)),
  APPEND_1(append(1)),
  APPEND_64(append(64)),
  APPENDED(new Appended(Samples.EPOCH, 17, true, 1_234_567, true)),
  APPLY_64(new Apply(Samples.EPOCH, 3, true, 1_234_566, 42, 1_234_630, entries(64))),
  APPLIED(new Applied(1_234_567, 42, true, List.of())),
  LOOKUP(new Lookup("GameStart", 1)),
  FOUND(new Found(Samples.stock("GameStart")));

  private final Message message;

  SampleMessage(Message message) {
    this.message = message;
  }

  Message message() {
    return message;
  }

  private static Append append(int count) {
    return new Append(
        Samples.EPOCH, 3, 17, 1_234_566, Samples.EPOCH, 42, 1_234_560, 1_234_550, entries(count));
  }

  private static List<Entry> entries(int count) {
    return Samples.entries(1_234_567, 42, 1_234_000, count);
  }
}
