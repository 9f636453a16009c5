package org.stockbazaar.protocol.message;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.stockbazaar.protocol.invariant.Invariant;

/**
 * The 120 bytes of an {@link Entry}, the same in frames and on disk. Big-endian:
 *
 * <pre>
 *   0  u32 checksum      4  u8 kind   5  u8 side (0 none)   6  u8 name length   7  u8 0
 *   8  u64 index        16  u64 epoch         24  u64 next number   32  u64 time in ms
 *  40  u64 key, high    48  u64 key, low      56  u64 quantity      64  u64 price in cents
 *  72  u64 volume max   80  40 bytes of name, filled up with zeros
 * </pre>
 *
 * <p>The checksum is CRC32C over the previous entry's checksum (4 bytes; 0 before the first entry)
 * followed by the 116 bytes behind the checksum field, so it vouches for the whole log up to here.
 * Decoding does not check it: only the owner of a log knows the previous one.
 *
 * <p>May be used by any thread. Calls make no garbage but the decoded entry.
 */
public final class EntryCodec {
  /** The size of an entry. */
  public static final int BYTES = 120;

  private static final int KIND = 4;
  private static final int SIDE = 5;
  private static final int NAME_LENGTH = 6;
  private static final int ZERO = 7;
  private static final int INDEX = 8;
  private static final int EPOCH = 16;
  private static final int NEXT_NUMBER = 24;
  private static final int TIME = 32;
  private static final int KEY_HIGH = 40;
  private static final int KEY_LOW = 48;
  private static final int QUANTITY = 56;
  private static final int PRICE = 64;
  private static final int VOLUME_MAX = 72;
  private static final int NAME = 80;

  private static final byte[] ZEROS = new byte[Stock.NAME_BYTES_MAX];

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  /** One entry's bytes on their way in or out. */
  private static final class Scratch {
    final byte[] array = new byte[BYTES];
    final ByteBuffer buffer = ByteBuffer.wrap(array);
    final CRC32C crc = new CRC32C();

    /** What the checksum field holds is overwritten by what the checksum is seeded with. */
    int checksum(int previous) {
      buffer.putInt(0, previous);
      crc.reset();
      crc.update(array, 0, BYTES);
      return (int) crc.getValue();
    }
  }

  private EntryCodec() {}

  /** {@code entry} with the checksum that it has behind an entry with checksum {@code previous}. */
  public static Entry sealed(int previous, Entry entry) {
    return new Entry(
        entry.index(),
        entry.epoch(),
        entry.kind(),
        entry.nextNumber(),
        entry.timeMillis(),
        entry.key(),
        entry.side(),
        entry.quantity(),
        entry.priceCents(),
        entry.volumeMax(),
        entry.stock(),
        checksum(previous, entry));
  }

  /** Appends the entry; {@code out} needs {@link #BYTES} of room or grows. */
  public static void encode(Entry entry, ByteBuf out) {
    out.writeBytes(fill(entry).array);
  }

  /** Puts the entry at {@code out}'s position, which moves behind it. */
  public static void encode(Entry entry, ByteBuffer out) {
    out.put(fill(entry).array);
  }

  /** Takes the next entry; {@link MalformedException} when there is none. */
  public static Entry decode(ByteBuf in) {
    if (in.readableBytes() < BYTES) {
      throw tooShort(in.readableBytes());
    }
    var scratch = SCRATCH.get();
    in.readBytes(scratch.array);
    return read(scratch);
  }

  /** Takes the entry at {@code in}'s position; {@link MalformedException} when there is none. */
  public static Entry decode(ByteBuffer in) {
    if (in.remaining() < BYTES) {
      throw tooShort(in.remaining());
    }
    var scratch = SCRATCH.get();
    in.get(scratch.array);
    return read(scratch);
  }

  /** The checksum that {@code entry} has behind an entry with checksum {@code previous}. */
  public static int checksum(int previous, Entry entry) {
    return fill(entry).checksum(previous);
  }

  /**
   * The checksum that the encoded entry at {@code in}'s position should hold. Moves no position.
   */
  public static int checksum(int previous, ByteBuffer in) {
    var scratch = SCRATCH.get();
    in.get(in.position(), scratch.array);
    return scratch.checksum(previous);
  }

  private static Scratch fill(Entry entry) {
    var scratch = SCRATCH.get();
    var buffer = scratch.buffer;
    String stock = entry.stock();
    Invariant.check(stock.isEmpty() || Stock.isName(stock), "an entry's stock has a name", stock);
    buffer.putInt(0, entry.checksum());
    buffer.put(KIND, (byte) entry.kind().code());
    buffer.put(SIDE, (byte) (entry.side() == null ? 0 : entry.side().code()));
    buffer.put(NAME_LENGTH, (byte) stock.length());
    buffer.put(ZERO, (byte) 0);
    buffer.putLong(INDEX, entry.index());
    buffer.putLong(EPOCH, entry.epoch());
    buffer.putLong(NEXT_NUMBER, entry.nextNumber());
    buffer.putLong(TIME, entry.timeMillis());
    buffer.putLong(KEY_HIGH, entry.key().high());
    buffer.putLong(KEY_LOW, entry.key().low());
    buffer.putLong(QUANTITY, entry.quantity());
    buffer.putLong(PRICE, entry.priceCents());
    buffer.putLong(VOLUME_MAX, entry.volumeMax());
    name(stock, scratch.array);
    return scratch;
  }

  @SuppressWarnings("deprecation") // The one way to copy ASCII without an array between.
  private static void name(String stock, byte[] array) {
    stock.getBytes(0, stock.length(), array, NAME);
    Arrays.fill(array, NAME + stock.length(), BYTES, (byte) 0);
  }

  private static Entry read(Scratch scratch) {
    var buffer = scratch.buffer;
    Entry.Kind kind = kind(buffer.get(KIND));
    Side side = side(buffer.get(SIDE));
    String stock = stock(scratch.array);
    boolean trade = kind == Entry.Kind.TRADE;
    boolean named = trade || kind == Entry.Kind.LIST;
    require(buffer.get(ZERO) == 0, "byte 7 of an entry is 0", buffer.get(ZERO));
    require(trade == (side != null), "a trade, and nothing else, has a side", buffer.get(SIDE));
    require(named != stock.isEmpty(), "a trade or listing, and nothing else, names a stock", kind);
    return new Entry(
        atLeast(1, "index", buffer.getLong(INDEX)),
        atLeast(1, "epoch", buffer.getLong(EPOCH)),
        kind,
        atLeast(0, "next number", buffer.getLong(NEXT_NUMBER)),
        buffer.getLong(TIME),
        key(buffer.getLong(KEY_HIGH), buffer.getLong(KEY_LOW)),
        side,
        atLeast(0, "quantity", buffer.getLong(QUANTITY)),
        atLeast(0, "price", buffer.getLong(PRICE)),
        atLeast(0, "largest volume", buffer.getLong(VOLUME_MAX)),
        stock,
        buffer.getInt(0));
  }

  private static Entry.Kind kind(byte code) {
    return switch (code) {
      case 1 -> Entry.Kind.EPOCH;
      case 2 -> Entry.Kind.LIST;
      case 3 -> Entry.Kind.TRADE;
      case 4 -> Entry.Kind.RESET;
      default -> throw new MalformedException("an entry has no kind " + code);
    };
  }

  private static Side side(byte code) {
    return switch (code) {
      case 0 -> null;
      case 1 -> Side.BUY;
      case 2 -> Side.SELL;
      default -> throw new MalformedException("an entry has no side " + code);
    };
  }

  private static Key key(long high, long low) {
    return high == 0 && low == 0 ? Key.NONE : new Key(high, low);
  }

  private static String stock(byte[] array) {
    int length = array[NAME_LENGTH];
    require(length >= 0 && length <= Stock.NAME_BYTES_MAX, "a name has at most 40 bytes", length);
    boolean filled =
        Arrays.equals(array, NAME + length, BYTES, ZEROS, 0, Stock.NAME_BYTES_MAX - length);
    require(filled, "zeros fill up the name", length);
    if (length == 0) {
      return "";
    }
    var stock = new String(array, NAME, length, StandardCharsets.ISO_8859_1);
    require(Stock.isName(stock), "a name has only A-Z a-z 0-9 . _ -", stock);
    return stock;
  }

  private static long atLeast(long min, String field, long value) {
    if (value < min) {
      throw new MalformedException("an entry's " + field + " is at least " + min + "; " + value);
    }
    return value;
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new MalformedException(rule + "; " + value);
    }
  }

  private static MalformedException tooShort(int bytes) {
    return new MalformedException("an entry has " + BYTES + " bytes; " + bytes + " are there");
  }
}
