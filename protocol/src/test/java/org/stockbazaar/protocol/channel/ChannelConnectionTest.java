package org.stockbazaar.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.invariant.InvariantError;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.metrics.Metrics;

class ChannelConnectionTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ChannelConnection connection =
      new ChannelConnection(channel, ChannelFigures.of(new Metrics()));

  ChannelConnectionTest() {
    channel.config().setAllocator(allocator);
  }

  private long used() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  @Test
  void manyMessagesLeaveByOneWrite() {
    connection.send(1, new Message.Traded(1));
    connection.send(2, new Message.Traded(2));
    assertThat(channel.outboundMessages()).isEmpty();
    connection.flush();
    connection.flush();
    assertThat(channel.outboundMessages()).hasSize(1);
    ByteBuf sent = channel.readOutbound();
    assertThat(sent.readableBytes()).isEqualTo(48);
    sent.release();
    assertThat(used()).isZero();
  }

  @Test
  void aFullBufferGoesBeforeTheFlush() {
    var page = new Message.Page(Collections.nCopies(1_000, Rig.STOCK), true);
    for (int i = 0; i < 5; i++) {
      connection.append(0, page);
    }
    assertThat(connection.appended()).isEqualTo(5);
    assertThat(connection.handedOver()).isGreaterThan(2);
    assertThat(channel.outboundMessages()).isEmpty();
    connection.flush();
    assertThat(connection.handedOver()).isEqualTo(5);
    channel.finishAndReleaseAll();
    assertThat(used()).isZero();
  }

  @Test
  void whatCannotBeEncodedLeaksNothing() {
    assertThatThrownBy(() -> connection.send(1, new Message.FindOrder(-1)))
        .isInstanceOf(InvariantError.class);
    connection.flush();
    assertThat(channel.outboundMessages()).isEmpty();
    connection.release();
    assertThat(used()).isZero();
  }

  @Test
  void whatWasNeverFlushedIsReleased() {
    connection.send(1, new Message.Traded(1));
    channel.close();
    connection.release();
    connection.send(2, new Message.Traded(2));
    connection.flush();
    assertThat(used()).isZero();
  }
}
