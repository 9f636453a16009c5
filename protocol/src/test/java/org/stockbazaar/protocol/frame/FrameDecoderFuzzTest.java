package org.stockbazaar.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mutated golden frames through the decoder: whatever comes, it is a message that can be encoded
 * again to the same bytes, or it is malformed. The seeds are fixed; a failure names its own.
 */
@Tag("O6")
class FrameDecoderFuzzTest {
  private static final int SEEDS = 20_000;
  private static final MessageType[] TYPES = MessageType.values();

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private int decoded;
  private int malformed;

  private void fuzz(long seed, PayloadReader reader) {
    var random = new Random(seed);
    byte[] bytes = mutated(random);
    var received = new Received();
    var decoder = new FrameDecoder(received, reader);
    decoder.authenticated();
    var channel = new EmbeddedChannel(decoder);
    int position = 0;
    while (position < bytes.length) {
      int piece = Math.min(bytes.length - position, 1 + random.nextInt(bytes.length));
      channel.writeInbound(allocator.heapBuffer(piece).writeBytes(bytes, position, piece));
      position += piece;
    }
    channel.finishAndReleaseAll();
    sameBytesAgain(received, bytes);
    decoded += received.frames.size();
    malformed += received.malformed == null ? 0 : 1;
  }

  /** A frame that decodes has one encoding, its own: nothing in it went unread. */
  private static void sameBytesAgain(Received received, byte[] bytes) {
    ByteBuf again = Unpooled.buffer();
    for (Golden.Frame frame : received.frames) {
      MessageCodec.encode(frame.correlation(), frame.message(), again);
    }
    int length = again.readableBytes();
    assertThat(Arrays.copyOf(again.array(), length)).isEqualTo(Arrays.copyOf(bytes, length));
  }

  private static byte[] mutated(Random random) {
    var bytes = Unpooled.buffer();
    bytes.writeBytes(Golden.bytes(TYPES[random.nextInt(TYPES.length)]));
    if (random.nextInt(4) == 0) {
      bytes.writeBytes(Golden.bytes(TYPES[random.nextInt(TYPES.length)]));
    }
    int mutations = random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      mutate(random, bytes);
    }
    return Arrays.copyOf(bytes.array(), bytes.readableBytes());
  }

  private static void mutate(Random random, ByteBuf bytes) {
    int at = random.nextInt(bytes.readableBytes());
    switch (random.nextInt(6)) {
      case 0 -> bytes.setByte(at, bytes.getByte(at) ^ 1 << random.nextInt(8));
      case 1 -> bytes.setByte(at, random.nextInt(256));
      case 2 -> bytes.setByte(at, new int[] {0, 1, 0x7f, 0x80, 0xff}[random.nextInt(5)]);
      // Cut behind, with a length that says so: the payload ends in the middle of a field.
      case 3 -> {
        int length = Math.max(FrameHeader.BYTES, at);
        if (length < bytes.readableBytes()) {
          bytes.writerIndex(length).setInt(0, length - FrameHeader.LENGTH_BYTES);
        }
      }
      // Longer than its fields.
      case 4 -> {
        bytes.writeByte(random.nextInt(256));
        bytes.setInt(0, bytes.readableBytes() - FrameHeader.LENGTH_BYTES);
      }
      default -> {
        if (bytes.readableBytes() > FrameHeader.BYTES) {
          int field = FrameHeader.BYTES + random.nextInt(bytes.readableBytes() - FrameHeader.BYTES);
          bytes.setByte(field, random.nextInt(256));
        }
      }
    }
  }

  private void fuzzAll(PayloadReader reader) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        fuzz(seed, reader);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
  }

  @Test
  void everyMutationIsAMessageOrMalformed() {
    fuzzAll(new PayloadReader());
    assertThat(allocator.metric().usedHeapMemory()).as("bytes not released").isZero();
    assertThat(decoded).as("decoded").isGreaterThan(SEEDS / 10);
    assertThat(malformed).as("malformed").isGreaterThan(SEEDS / 10);
  }

  @Test
  void findsThePlantedBug() {
    var unchecked =
        new PayloadReader() {
          @Override
          void need(int bytes) {}
        };
    assertThatThrownBy(() -> fuzzAll(unchecked)).hasMessageContaining("seed ");
  }
}
