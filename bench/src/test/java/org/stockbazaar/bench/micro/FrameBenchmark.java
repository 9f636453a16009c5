package org.stockbazaar.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.stockbazaar.protocol.frame.FrameDecoder;
import org.stockbazaar.protocol.frame.MessageCodec;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Message;

/** One message to its frame and back, between messages and the buffers of a socket. */
public class FrameBenchmark extends MicroBenchmark {
  private static final int FRAME_BYTES = 16 << 10;
  private static final long CORRELATION = 7;

  @Param public SampleMessage message;

  private final ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(FRAME_BYTES);
  private final ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(FRAME_BYTES);
  private EmbeddedChannel channel;
  private Message received;

  @Setup
  public void open() {
    MessageCodec.encode(CORRELATION, message.message(), frame);
    var decoder = new FrameDecoder(new Sink());
    decoder.authenticated();
    channel = new EmbeddedChannel(decoder);
  }

  @TearDown
  public void close() {
    channel.finishAndReleaseAll();
    out.release();
    frame.release();
  }

  @Benchmark
  public ByteBuf encode() {
    out.clear();
    MessageCodec.encode(CORRELATION, message.message(), out);
    return out;
  }

  @Benchmark
  public Message decode() {
    received = null;
    channel.pipeline().fireChannelRead(frame.readerIndex(0).retain());
    return received;
  }

  private final class Sink implements FrameDecoder.Sink {
    @Override
    public void received(long correlation, Message message) {
      received = message;
    }

    @Override
    public void malformed(MalformedException reason) {
      throw reason;
    }
  }
}
