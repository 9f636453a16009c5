package org.stockbazaar.catalog.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.zip.CRC32C;
import org.stockbazaar.catalog.view.Basis;
import org.stockbazaar.catalog.view.Table;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

/**
 * A fuzzy checkpoint's bytes: slices of stocks in name order, each taken between two entries, so
 * that nobody waits while it is written. (Fuzzy checkpoints: Mohan et al., "ARIES", TODS 1992.)
 *
 * <pre>
 * slice:  checksum u32 | format u16 | stocks u16 | bytes of the stocks u32 | entry checksum u32 |
 *         index u64 | stocks
 * stock:  name length u8 | name | price | quantity | volume | largest volume | listed quantity |
 *         last index (u64 each)
 * </pre>
 *
 * Index and entry checksum say what was applied when the slice was taken. The checksum is CRC32C
 * over the checksum of the slice before (0 for the first), then what follows it. A slice without
 * stocks ends the file; one without it is not complete.
 */
final class Checkpoint {
  /** Stocks in one slice: it is the time that an entry may wait for it. */
  static final int SLICE_STOCKS_MAX = 64;

  private static final int FORMAT = 1;
  private static final int HEADER_BYTES = 24;
  private static final int STOCK_BYTES_MAX = 1 + Stock.NAME_BYTES_MAX + 6 * Long.BYTES;
  private static final int BODY_BYTES_MAX = SLICE_STOCKS_MAX * STOCK_BYTES_MAX;

  private Checkpoint() {}

  /** A checkpoint's file is not what a checkpoint is; the message says where and why. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String why) {
      super(why);
    }
  }

  /**
   * Encodes a slice; ready to be written.
   *
   * @param previous the encoded checksum of the slice before, 0 for the first
   * @param stocks at most {@link #SLICE_STOCKS_MAX}; none ends the checkpoint
   */
  static ByteBuffer slice(
      int previous, Basis.Mark mark, List<Stock> stocks, ToLongFunction<String> listedQuantity) {
    var bytes = ByteBuffer.allocate(HEADER_BYTES + stocks.size() * STOCK_BYTES_MAX);
    bytes.position(HEADER_BYTES);
    for (Stock stock : stocks) {
      byte[] name = stock.name().getBytes(StandardCharsets.US_ASCII);
      bytes.put((byte) name.length).put(name);
      bytes.putLong(stock.priceCents()).putLong(stock.quantity()).putLong(stock.volume());
      bytes.putLong(stock.volumeMax()).putLong(listedQuantity.applyAsLong(stock.name()));
      bytes.putLong(stock.lastIndex());
    }
    bytes.flip();
    bytes.putShort(4, (short) FORMAT).putShort(6, (short) stocks.size());
    bytes.putInt(8, bytes.limit() - HEADER_BYTES).putInt(12, mark.checksum());
    bytes.putLong(16, mark.index());
    bytes.putInt(0, checksum(previous, bytes));
    return bytes;
  }

  /** The checksum that an encoded slice carries, for the next one. */
  static int checksum(ByteBuffer slice) {
    return slice.getInt(0);
  }

  private static int checksum(int previous, ByteBuffer slice) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, previous));
    crc.update(slice.duplicate().position(Integer.BYTES));
    return (int) crc.getValue();
  }

  /**
   * Adds a checkpoint's stocks to an empty table.
   *
   * @throws DamagedException when it is not whole, with the table half full
   */
  static Basis read(Path file, Table table) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return new Reader(in, table).read();
    } catch (EOFException e) {
      throw new DamagedException("it is cut off");
    }
  }

  /** Reads one file from its first byte to its last. */
  private static final class Reader {
    private final DataInputStream in;
    private final Table table;
    private final List<Basis.Mark> marks = new ArrayList<>();
    private int previous;
    private int slices;
    private long digest;

    Reader(DataInputStream in, Table table) {
      this.in = in;
      this.table = table;
    }

    Basis read() throws IOException {
      boolean more = true;
      while (more) {
        more = slice();
        slices++;
      }
      if (in.read() >= 0) {
        throw damaged("bytes behind its end");
      }
      Basis.Mark first = marks.get(0);
      return new Basis(first.index(), first.checksum(), digest, List.copyOf(marks));
    }

    /** Reads a slice; false when it was the last. */
    private boolean slice() throws IOException {
      var header = new byte[HEADER_BYTES];
      in.readFully(header);
      int bodyBytes = ByteBuffer.wrap(header).getInt(8);
      if (bodyBytes < 0 || bodyBytes > BODY_BYTES_MAX) {
        throw damaged(bodyBytes + " bytes of stocks");
      }
      var bytes = ByteBuffer.allocate(HEADER_BYTES + bodyBytes).put(header);
      in.readFully(bytes.array(), HEADER_BYTES, bodyBytes);
      bytes.rewind();
      if (checksum(previous, bytes) != checksum(bytes)) {
        throw damaged("a wrong checksum");
      }
      if (bytes.getShort(4) != FORMAT) {
        throw damaged("format " + bytes.getShort(4) + ", not " + FORMAT);
      }
      previous = checksum(bytes);
      mark(new Basis.Mark(bytes.getLong(16), bytes.getInt(12)));
      int count = bytes.getShort(6);
      bytes.position(HEADER_BYTES);
      for (int i = 0; i < count; i++) {
        add(bytes);
      }
      return count > 0;
    }

    private void mark(Basis.Mark mark) {
      if (marks.isEmpty() || !marks.get(marks.size() - 1).equals(mark)) {
        marks.add(mark);
      }
    }

    private void add(ByteBuffer bytes) throws DamagedException {
      var name = new byte[bytes.get()];
      bytes.get(name);
      String text = new String(name, StandardCharsets.US_ASCII);
      long priceCents = bytes.getLong();
      long quantity = bytes.getLong();
      long volume = bytes.getLong();
      long volumeMax = bytes.getLong();
      long listedQuantity = bytes.getLong();
      var stock = new Stock(text, priceCents, quantity, volume, volumeMax, bytes.getLong());
      if (table.size() >= table.capacity()) {
        throw damaged("more than " + table.capacity() + " stocks, see --stocks-max");
      }
      table.add(stock, listedQuantity);
      digest += StockDigest.of(stock);
    }

    private DamagedException damaged(String what) {
      return new DamagedException("slice " + slices + " has " + what);
    }
  }
}
