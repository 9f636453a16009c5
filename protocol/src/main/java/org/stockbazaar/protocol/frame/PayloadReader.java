package org.stockbazaar.protocol.frame;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Stock;

/**
 * Takes one payload's fields in order. Checks that a field is there before it reads it, and what
 * the field may hold after. Used again for each payload; never keeps or releases the buffer.
 */
class PayloadReader {
  private final byte[] scratch = new byte[256];
  private ByteBuf in;
  private int end;

  /** Begins with the payload from {@code in}'s reader index up to {@code end}. */
  final void begin(ByteBuf in, int end) {
    this.in = in;
    this.end = end;
  }

  /** The payload must be at its end. */
  final void finish() {
    int left = end - in.readerIndex();
    in = null;
    if (left != 0) {
      throw new MalformedException("a payload ends with its last field; " + left + " bytes follow");
    }
  }

  /** Every read begins here. */
  void need(int bytes) {
    int left = end - in.readerIndex();
    if (left < bytes) {
      throw new MalformedException("the next field has " + bytes + " bytes; " + left + " are left");
    }
  }

  final int u8() {
    need(Byte.BYTES);
    return in.readUnsignedByte();
  }

  final int u16() {
    need(Short.BYTES);
    return in.readUnsignedShort();
  }

  final int i32() {
    need(Integer.BYTES);
    return in.readInt();
  }

  final long i64() {
    need(Long.BYTES);
    return in.readLong();
  }

  /** Sixty-four bits without the highest: an index, epoch, number, quantity, price or volume. */
  final long count64() {
    long value = i64();
    if (value < 0) {
      throw new MalformedException("a count is below 2^63; " + Long.toUnsignedString(value));
    }
    return value;
  }

  /** Thirty-two bits without the highest: a node's number, or a small count. */
  final int count32() {
    int value = i32();
    if (value < 0) {
      throw new MalformedException("a number is below 2^31; " + Integer.toUnsignedString(value));
    }
    return value;
  }

  final boolean bool() {
    int value = u8();
    if (value > 1) {
      throw new MalformedException("a truth value is 0 or 1; " + value);
    }
    return value == 1;
  }

  final Bytes32 bytes32() {
    return new Bytes32(i64(), i64(), i64(), i64());
  }

  final String name() {
    String name = ascii(Stock.NAME_BYTES_MAX);
    if (!Stock.isName(name)) {
      throw new MalformedException("a name has 1 to 40 of A-Z a-z 0-9 . _ -; '" + name + "'");
    }
    return name;
  }

  final String nameOrNone() {
    String name = ascii(Stock.NAME_BYTES_MAX);
    if (!name.isEmpty() && !Stock.isName(name)) {
      throw new MalformedException("a name has up to 40 of A-Z a-z 0-9 . _ -; '" + name + "'");
    }
    return name;
  }

  /** Printable ASCII behind its length. */
  final String ascii(int bytesMax) {
    int length = u8();
    if (length > bytesMax) {
      throw new MalformedException("a text has at most " + bytesMax + " bytes; " + length);
    }
    need(length);
    if (length == 0) {
      return "";
    }
    in.readBytes(scratch, 0, length);
    for (int i = 0; i < length; i++) {
      int c = scratch[i];
      if (c < ' ' || c > '~') {
        throw new MalformedException("a text is printable ASCII; byte " + (c & 0xff));
      }
    }
    return new String(scratch, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** A list behind its length; no memory is taken for items that cannot be there. */
  final <T> List<T> list(int itemsMax, int itemBytesMin, Function<PayloadReader, T> item) {
    int count = u16();
    if (count > itemsMax) {
      throw new MalformedException("a list has at most " + itemsMax + " items; " + count);
    }
    need(count * itemBytesMin);
    if (count == 0) {
      return List.of();
    }
    var items = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      items.add(item.apply(this));
    }
    return items;
  }

  /** The bytes that are left, for fields with a codec of their own, which checks them. */
  final ByteBuf rest() {
    return in;
  }
}
