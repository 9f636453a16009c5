package org.stockbazaar.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.invariant.InvariantError;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

class FrameDecoderTest {
  private final Received received = new Received();
  private final FrameDecoder decoder = new FrameDecoder(received);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

  private static ByteBuf frame(Message message) {
    var out = Unpooled.buffer();
    MessageCodec.encode(5, message, out);
    return out;
  }

  private void receive(ByteBuf bytes) {
    channel.writeInbound(bytes);
    channel.checkException();
    assertThat(bytes.refCnt()).as("references to the input left").isLessThanOrEqualTo(1);
  }

  private static ByteBuf changed(MessageType type, int offset, int value) {
    return Unpooled.wrappedBuffer(Golden.bytes(type)).setByte(offset, value);
  }

  @Test
  void waitsForTheRestOfAFrame() {
    byte[] both = new byte[0];
    for (MessageType type : List.of(MessageType.PONG, MessageType.TRADE)) {
      both = concat(both, Golden.bytes(type));
    }
    for (byte b : both) {
      receive(Unpooled.wrappedBuffer(new byte[] {b}));
    }
    assertThat(received.malformed).isNull();
    assertThat(received.frames)
        .containsExactly(
            Golden.frames().get(MessageType.PONG), Golden.frames().get(MessageType.TRADE));
  }

  private static byte[] concat(byte[] one, byte[] other) {
    return Unpooled.copiedBuffer(one, other).array();
  }

  @Test
  @Tag("O6")
  void refusesWhatNoEncoderWrites() {
    var bad = new ArrayList<ByteBuf>();
    bad.add(changed(MessageType.PING, 0, 0x80));
    bad.add(changed(MessageType.PING, 3, 11));
    bad.add(changed(MessageType.PING, 4, 0));
    bad.add(changed(MessageType.PING, 4, 255));
    bad.add(changed(MessageType.PING, 5, 1));
    bad.add(changed(MessageType.PING, 7, 1));
    bad.add(changed(MessageType.FAILED, 7, 0));
    bad.add(changed(MessageType.FAILED, 7, 99));
    bad.add(changed(MessageType.FAILED, 16, 99));
    bad.add(changed(MessageType.FAILED, 22, 0x7f));
    bad.add(changed(MessageType.HELLO, 16, 'b'));
    bad.add(changed(MessageType.HELLO, 32, 9));
    bad.add(changed(MessageType.TRADE, 40, 0));
    bad.add(changed(MessageType.TRADE, 41, 0x80));
    bad.add(changed(MessageType.TRADE, 49, 0));
    bad.add(changed(MessageType.TRADE, 49, 8));
    bad.add(changed(MessageType.TRADE, 49, 10));
    bad.add(changed(MessageType.TRADE, 50, ' '));
    bad.add(changed(MessageType.LOOKUP, 26, 0x80));
    bad.add(changed(MessageType.PAGE, 16, 4));
    bad.add(changed(MessageType.APPEND, 72, 0xff));
    bad.add(changed(MessageType.APPEND, 78, 9));
    var trailing = Golden.bytes(MessageType.RENEW);
    trailing[3]++;
    bad.add(Unpooled.copiedBuffer(trailing, new byte[1]));
    for (int i = 0; i < bad.size(); i++) {
      var sink = new Received();
      var each = new EmbeddedChannel(new FrameDecoder(sink));
      each.writeInbound(bad.get(i), frame(new Message.Ping()));
      assertThat(sink.malformed).as("frame %d", i).isNotNull();
      assertThat(sink.frames).as("frame %d and what follows it", i).isEmpty();
      assertThat(bad.get(i).refCnt()).isZero();
      each.finishAndReleaseAll();
    }
  }

  @Test
  void takesLongFramesFromAuthenticatedPeersOnly() {
    var page = new Message.Page(Collections.nCopies(1000, new Stock("A", 1, 2, 3, 4, 5)), false);
    decoder.authenticated();
    receive(frame(page));
    assertThat(received.frames).extracting(Golden.Frame::message).containsExactly(page);

    var unauthenticated = new Received();
    var other = new EmbeddedChannel(new FrameDecoder(unauthenticated));
    other.writeInbound(frame(page).readSlice(4).retain());
    assertThat(unauthenticated.malformed).hasMessageContaining("4096");
  }

  @Test
  void largestMessagesFitTheirFrames() {
    decoder.authenticated();
    var stock = new Stock("a".repeat(Stock.NAME_BYTES_MAX), 1, 2, 3, 4, 5);
    List<Message> largest =
        List.of(
            new Message.Append(
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                Collections.nCopies(MessageCodec.ENTRIES_MAX, Golden.ENTRIES.get(2))),
            new Message.Propose(1, Collections.nCopies(MessageCodec.STOCKS_MAX, stock)),
            new Message.Drop(Collections.nCopies(MessageCodec.NAMES_MAX, stock.name())),
            new Message.Prepare(
                1,
                1,
                Collections.nCopies(MessageCodec.NAMES_MAX, stock.name()),
                Collections.nCopies(MessageCodec.NAMES_MAX, Message.LetGo.NOBODY)),
            new Message.Applied(1, 1, true, Collections.nCopies(MessageCodec.INDEXES_MAX, 1L)));
    for (Message message : largest) {
      receive(frame(message));
    }
    assertThat(received.frames).extracting(Golden.Frame::message).isEqualTo(largest);
  }

  @Test
  void whatCannotBeEncodedLeavesTheBufferAsItWas() {
    var out = frame(new Message.Ping());
    int bytes = out.readableBytes();
    var tooMany =
        Collections.nCopies(MessageCodec.PAGE_STOCKS_MAX + 1, new Stock("A", 1, 2, 3, 4, 5));
    List<Message> bad =
        List.of(
            new Message.Lookup("no name", 1),
            new Message.FindOrder(-1),
            new Message.Page(tooMany, true),
            new Message.Failed(Status.OK, Reason.NONE, 0, ""));
    for (Message message : bad) {
      assertThatThrownBy(() -> MessageCodec.encode(1, message, out))
          .isInstanceOf(InvariantError.class);
      assertThat(out.readableBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void detailsAreCutAndCleaned() {
    receive(frame(new Message.Failed(Status.BUSY, Reason.NONE, 0, "é\n" + "x".repeat(300))));
    assertThat(received.frames)
        .extracting(Golden.Frame::message)
        .containsExactly(new Message.Failed(Status.BUSY, Reason.NONE, 0, "??" + "x".repeat(253)));
  }
}
