package org.stockbazaar.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private static final Entry TRADE =
      new Entry(
          7,
          2,
          Entry.Kind.TRADE,
          5,
          1_760_000_000_000L,
          new Key(-1, 2),
          Side.SELL,
          100,
          0,
          0,
          "GameStart",
          0xCAFEBABE);
  private static final Entry LIST =
      new Entry(
          2, 1, Entry.Kind.LIST, 0, 3, Key.NONE, null, 100, 1599, 5000, "a".repeat(40), 0x80000001);
  private static final Entry EPOCH =
      new Entry(1, 1, Entry.Kind.EPOCH, 0, 3, Key.NONE, null, 0, 0, 0, "", 1);
  private static final Entry RESET =
      new Entry(9, 3, Entry.Kind.RESET, 6, 3, Key.NONE, null, 0, 0, 0, "", 0);

  private static byte[] bytes(Entry entry) {
    var buffer = ByteBuffer.allocate(EntryCodec.BYTES);
    EntryCodec.encode(entry, buffer);
    return buffer.array();
  }

  private static Entry with(int offset, int value) {
    byte[] bytes = bytes(TRADE);
    bytes[offset] = (byte) value;
    return EntryCodec.decode(ByteBuffer.wrap(bytes));
  }

  @Test
  void decodesWhatItEncodedInBothKindsOfBuffer() {
    for (Entry entry : List.of(TRADE, LIST, EPOCH, RESET)) {
      var buffer = ByteBuffer.wrap(bytes(entry));
      assertThat(EntryCodec.decode(buffer)).isEqualTo(entry);
      assertThat(buffer.hasRemaining()).isFalse();
      var netty = Unpooled.buffer();
      EntryCodec.encode(entry, netty);
      assertThat(netty.readableBytes()).isEqualTo(EntryCodec.BYTES);
      assertThat(EntryCodec.decode(netty)).isEqualTo(entry);
      assertThat(netty.isReadable()).isFalse();
    }
  }

  @Test
  void checksumCoversThePreviousOneAndAllBehindTheField() {
    byte[] bytes = bytes(TRADE);
    var crc = new CRC32C();
    crc.update(new byte[] {1, 2, 3, 4});
    crc.update(bytes, 4, 116);
    assertThat(EntryCodec.checksum(0x01020304, TRADE)).isEqualTo((int) crc.getValue());
    var buffer = ByteBuffer.allocate(EntryCodec.BYTES + 3).position(3).put(bytes).position(3);
    assertThat(EntryCodec.checksum(0x01020304, buffer)).isEqualTo((int) crc.getValue());
    assertThat(buffer.position()).isEqualTo(3);
  }

  @Test
  void checksumChangesWithEveryByteBehindTheField() {
    byte[] bytes = bytes(TRADE);
    int good = EntryCodec.checksum(9, ByteBuffer.wrap(bytes));
    assertThat(EntryCodec.checksum(8, ByteBuffer.wrap(bytes))).isNotEqualTo(good);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      assertThat(EntryCodec.checksum(9, ByteBuffer.wrap(bytes)) != good).isEqualTo(i >= 4);
      bytes[i] ^= 1;
    }
  }

  @Test
  void refusesWhatIsNoEntry() {
    assertThat(with(0, 0).index()).isEqualTo(7);
    var bad = new ArrayList<int[]>();
    bad.add(new int[] {4, 0});
    bad.add(new int[] {4, 5});
    bad.add(new int[] {4, 1});
    bad.add(new int[] {5, 0});
    bad.add(new int[] {5, 3});
    bad.add(new int[] {6, 0});
    bad.add(new int[] {6, 8});
    bad.add(new int[] {6, 10});
    bad.add(new int[] {6, 41});
    bad.add(new int[] {6, -1});
    bad.add(new int[] {7, 1});
    bad.add(new int[] {8, -1});
    bad.add(new int[] {15, 0});
    bad.add(new int[] {23, 0});
    bad.add(new int[] {24, -1});
    bad.add(new int[] {56, -1});
    bad.add(new int[] {80, ' '});
    bad.add(new int[] {119, 1});
    for (int[] change : bad) {
      assertThatThrownBy(() -> with(change[0], change[1]))
          .as("byte %d = %d", change[0], change[1])
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refusesTooFewBytes() {
    byte[] bytes = bytes(TRADE);
    assertThatThrownBy(() -> EntryCodec.decode(ByteBuffer.wrap(bytes, 0, 119)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> EntryCodec.decode(Unpooled.wrappedBuffer(bytes, 0, 119)))
        .isInstanceOf(MalformedException.class);
  }
}
