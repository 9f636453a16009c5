package org.stockbazaar.protocol.frame;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.BiConsumer;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.Stock;

/** Appends fields as {@link PayloadReader} takes them; what that would refuse is never written. */
final class PayloadWriter {
  private PayloadWriter() {}

  static void u8(int value, ByteBuf out) {
    Invariant.check(value >= 0 && value <= 0xff, "a u8 fits 8 bits", value);
    out.writeByte(value);
  }

  static void u16(int value, ByteBuf out) {
    Invariant.check(value >= 0 && value <= 0xffff, "a u16 fits 16 bits", value);
    out.writeShort(value);
  }

  static void count64(long value, ByteBuf out) {
    Invariant.check(value >= 0, "a count is not negative", value);
    out.writeLong(value);
  }

  static void count32(int value, ByteBuf out) {
    Invariant.check(value >= 0, "a number is not negative", value);
    out.writeInt(value);
  }

  static void bytes32(Bytes32 bytes, ByteBuf out) {
    out.writeLong(bytes.first()).writeLong(bytes.second());
    out.writeLong(bytes.third()).writeLong(bytes.fourth());
  }

  static void name(String name, ByteBuf out) {
    Invariant.check(Stock.isName(name), "a stock has a name", name);
    characters(name, name.length(), out);
  }

  static void nameOrNone(String name, ByteBuf out) {
    Invariant.check(name.isEmpty() || Stock.isName(name), "a name or none", name);
    characters(name, name.length(), out);
  }

  /** A text for people: cut where it is too long, '?' for what is not printable ASCII. */
  static void text(String text, int bytesMax, ByteBuf out) {
    characters(text, Math.min(text.length(), bytesMax), out);
  }

  private static void characters(String text, int length, ByteBuf out) {
    out.writeByte(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      out.writeByte(c < ' ' || c > '~' ? '?' : c);
    }
  }

  static <T> void list(List<T> items, int itemsMax, BiConsumer<T, ByteBuf> item, ByteBuf out) {
    Invariant.check(items.size() <= itemsMax, "a list is within its bound", items.size());
    out.writeShort(items.size());
    for (int i = 0; i < items.size(); i++) {
      item.accept(items.get(i), out);
    }
  }
}
