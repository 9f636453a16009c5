package org.stockbazaar.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Message;

class GoldenTest {
  @Test
  void everyMessageHasATypeAndAGoldenFrame() {
    assertThat(Golden.frames().keySet()).containsExactly(MessageType.values());
    List<Class<?>> messages = List.of(Message.class.getPermittedSubclasses());
    List<Class<?>> golden =
        Golden.frames().values().stream().<Class<?>>map(f -> f.message().getClass()).toList();
    assertThat(golden).containsExactlyInAnyOrderElementsOf(messages);
  }

  @Test
  void encodesEachMessageToItsGoldenFrame() {
    Golden.frames()
        .forEach(
            (type, frame) -> {
              var out = Unpooled.buffer();
              MessageCodec.encode(frame.correlation(), frame.message(), out);
              assertThat(ByteBufUtil.hexDump(out))
                  .as("%s", type)
                  .isEqualTo(ByteBufUtil.hexDump(Golden.bytes(type)));
            });
  }

  @Test
  void decodesEachGoldenFrameToItsMessage() {
    Golden.frames()
        .forEach(
            (type, frame) -> {
              var received = new Received();
              var channel = new EmbeddedChannel(new FrameDecoder(received));
              channel.writeInbound(Unpooled.wrappedBuffer(Golden.bytes(type)));
              assertThat(received.malformed).as("%s", type).isNull();
              assertThat(received.frames).as("%s", type).containsExactly(frame);
              channel.finishAndReleaseAll();
            });
  }

  @Test
  void goldenEntriesAreChained() {
    int previous = 0;
    for (Entry entry : Golden.ENTRIES) {
      assertThat(EntryCodec.checksum(previous, entry)).isEqualTo(entry.checksum());
      previous = entry.checksum();
    }
  }

  @Test
  void codesNeverChange() {
    Map<MessageType, Integer> codes = new EnumMap<>(MessageType.class);
    for (MessageType type : MessageType.values()) {
      codes.put(type, (int) Golden.bytes(type)[4]);
      assertThat(type.code()).as("%s", type).isEqualTo(codes.get(type));
    }
    assertThat(codes.values()).doesNotHaveDuplicates();
  }
}
