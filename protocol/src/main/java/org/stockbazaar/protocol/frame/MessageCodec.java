package org.stockbazaar.protocol.frame;

import io.netty.buffer.ByteBuf;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Status;

/**
 * Messages to frames and back ({@link FrameHeader}). Neither direction keeps or releases a buffer:
 * it stays the caller's. What one side writes the other reads; anything else is malformed.
 */
public final class MessageCodec {
  /** Most entries in an APPEND or APPLY: their frame stays within its greatest length. */
  public static final int ENTRIES_MAX = 8_192;

  /** Most stocks in a PROPOSE or LIST_STOCKS. */
  public static final int STOCKS_MAX = 8_192;

  /** Most stocks in a PAGE. */
  public static final int PAGE_STOCKS_MAX = 1_000;

  /** Most names in a DROP or PREPARE. */
  public static final int NAMES_MAX = 16_384;

  /** Most indexes in an APPLIED or PREPARED. */
  public static final int INDEXES_MAX = 65_535;

  /** Most replicas in a HELLO or NOMINATE. */
  public static final int REPLICAS_MAX = 64;

  /** The longest detail of a FAILED. */
  public static final int DETAIL_BYTES_MAX = 255;

  private MessageCodec() {}

  /**
   * Appends {@code message} as one frame. When it cannot be encoded, which is a programmer's error,
   * throws and leaves {@code out} as it was.
   */
  public static void encode(long correlation, Message message, ByteBuf out) {
    int start = out.writerIndex();
    boolean complete = false;
    try {
      var type = MessageType.of(message);
      out.writeInt(0).writeByte(type.code()).writeByte(0);
      out.writeShort(message instanceof Message.Failed failed ? failed.status().code() : 0);
      out.writeLong(correlation);
      type.write(message, out);
      int length = out.writerIndex() - start - FrameHeader.LENGTH_BYTES;
      Invariant.check(length <= FrameHeader.LENGTH_MAX, "a frame is within its bound", length);
      out.setInt(start, length);
      complete = true;
    } finally {
      if (!complete) {
        out.writerIndex(start);
      }
    }
  }

  /** Appends the payload alone: what a proof of identity is computed over. */
  public static void encodePayload(Message message, ByteBuf out) {
    MessageType.of(message).write(message, out);
  }

  /**
   * Takes the frame whose type is at {@code in}'s reader index and whose last byte is before {@code
   * end}; the caller has seen that it is all there.
   */
  static Message decode(ByteBuf in, int end, PayloadReader reader) {
    var type = MessageType.of(in.readUnsignedByte());
    int flags = in.readUnsignedByte();
    int status = in.readUnsignedShort();
    in.skipBytes(Long.BYTES);
    if (flags != 0) {
      throw new MalformedException("flags are 0; " + flags);
    }
    boolean failed = type == MessageType.FAILED;
    if (failed == (status == Status.OK.code())) {
      throw new MalformedException(
          "FAILED, and nothing else, has a status; " + type + " " + status);
    }
    reader.begin(in, end);
    Message message = failed ? Payloads.failed(Codes.status(status), reader) : type.read(reader);
    reader.finish();
    return message;
  }
}
