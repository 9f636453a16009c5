package org.stockbazaar.protocol.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

/** One frame per message type, as bytes in golden/TYPE.hex and as the message that they mean. */
final class Golden {
  private static final long TIME = 1_760_000_000_000L;
  private static final Key KEY = new Key(0x0123456789abcdefL, 0xfedcba9876543210L);
  private static final Message.LetGo LET_GO = new Message.LetGo(2, 9, 17);
  private static final Stock GAME_START = new Stock("GameStart", 1599, 93, 7, 5000, 3);
  private static final Stock FISH_CO = new Stock("FishCo", 251, 100, 0, 0, 0);
  private static final Entry EPOCH =
      new Entry(1, 1, Entry.Kind.EPOCH, 0, TIME, Key.NONE, null, 0, 0, 0, "", 0x2c6541cb);
  private static final Entry LIST =
      new Entry(
          2,
          1,
          Entry.Kind.LIST,
          0,
          TIME + 1,
          Key.NONE,
          null,
          100,
          1599,
          5000,
          "GameStart",
          0x70e2796c);
  private static final Entry TRADE =
      new Entry(
          3, 1, Entry.Kind.TRADE, 1, TIME + 2, KEY, Side.BUY, 7, 0, 0, "GameStart", 0xbc0a7c07);
  private static final Entry RESET =
      new Entry(4, 1, Entry.Kind.RESET, 1, TIME + 3, Key.NONE, null, 0, 0, 0, "", 0xc033f9c9);
  static final List<Entry> ENTRIES = List.of(EPOCH, LIST, TRADE, RESET);

  /** A frame's correlation and message. */
  record Frame(long correlation, Message message) {}

  private Golden() {}

  static byte[] bytes(MessageType type) {
    var hex = new StringBuilder();
    try (var in = Golden.class.getResourceAsStream("/golden/" + type + ".hex")) {
      if (in == null) {
        throw new AssertionError("there is no golden/" + type + ".hex; add one");
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines().filter(line -> !line.startsWith("#")).forEach(hex::append);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().parseHex(hex.toString().replace(" ", ""));
  }

  static Map<MessageType, Frame> frames() {
    var frames = new LinkedHashMap<MessageType, Frame>();
    put(frames, 0, hello());
    put(frames, 0, new Message.Proof(bytes32(0x80)));
    put(frames, 9, new Message.Failed(Status.NOT_LEADER, Reason.OUTCOME_OPEN, 2, "order-2 leads"));
    put(frames, 10, new Message.Ping());
    put(frames, 10, new Message.Pong(3, 17, true, 4, 3, 120, 118, 90, 2, false));
    put(frames, 11, new Message.Nominate(4, List.of(1, 3)));
    put(frames, 11, new Message.Elected(5));
    put(frames, 0, new Message.Announce(3, 5));
    put(frames, 12, new Message.Transfer(2));
    put(frames, 13, new Message.Trade(5, KEY, Side.BUY, 7, "GameStart", LET_GO));
    put(frames, 13, new Message.Traded(10));
    put(frames, 14, new Message.FindOrder(10));
    put(frames, 14, new Message.Order(10, Side.SELL, 100, "GameStart"));
    put(frames, 23, new Message.Reset());
    put(frames, 23, new Message.WasReset(4));
    put(frames, 0, new Message.RequestVote(5, false, true, 3, 4, 120));
    put(frames, 0, new Message.Vote(5, true, false, Reason.BEHIND));
    put(frames, 0, new Message.Append(1, 3, 77, 0, 0, 0, 2, 1, ENTRIES));
    put(frames, 0, new Message.Appended(1, 77, true, 4, true));
    put(frames, 0, new Message.HandOver(5));
    put(frames, 0, new Message.AskEpoch());
    put(frames, 0, new Message.EpochIs(5, true, false));
    put(frames, 0, new Message.Apply(1, 3, true, 2, LIST.checksum(), 4, List.of(TRADE)));
    put(frames, 0, new Message.Applied(4, RESET.checksum(), true, List.of(2L, 3L)));
    put(frames, 0, new Message.Foreign(5, 4, RESET.checksum()));
    put(frames, 0, new Message.Propose(4, List.of(FISH_CO)));
    put(frames, 15, new Message.Hydrate("GameStart", 4));
    put(
        frames,
        0,
        new Message.Prepare(
            5, 121, List.of("FishCo", "GameStart"), List.of(Message.LetGo.NOBODY, LET_GO)));
    put(frames, 0, new Message.Prepared(5, 122, List.of(121L)));
    put(frames, 0, new Message.Withdraw(5, 121));
    put(frames, 16, new Message.Renew());
    put(frames, 16, new Message.Renewed());
    put(frames, 17, new Message.Leave());
    put(frames, 17, new Message.Left());
    put(frames, 18, new Message.Lookup("GameStart", 17));
    put(frames, 18, new Message.Found(GAME_START));
    put(frames, 19, new Message.Browse("FishCo", 2));
    put(frames, 19, new Message.Page(List.of(FISH_CO, GAME_START), true));
    put(frames, 20, new Message.Drop(List.of("FishCo", "GameStart")));
    put(frames, 20, new Message.Dropped());
    put(frames, 21, new Message.Digest());
    put(frames, 21, new Message.Digested(4, RESET.checksum(), 10, 0x8899aabbccddeeffL));
    put(frames, 22, new Message.ListStocks(List.of(FISH_CO)));
    put(frames, 22, new Message.Listed(1, 2));
    return frames;
  }

  private static Message.Hello hello() {
    return new Message.Hello(
        1, 1, 0xc0ffee0000000001L, Role.ORDER, 3, 17, bytes32(0x10), List.of(1, 2, 3));
  }

  private static Bytes32 bytes32(int first) {
    byte[] bytes = new byte[Bytes32.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Bytes32.of(bytes);
  }

  private static void put(Map<MessageType, Frame> frames, long correlation, Message message) {
    frames.put(MessageType.of(message), new Frame(correlation, message));
  }
}
