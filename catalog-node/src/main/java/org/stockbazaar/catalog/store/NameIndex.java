package org.stockbazaar.catalog.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Names in order, which a hash map cannot give. Kept in blocks of at most 256 names, each block a
 * slotted page: one byte array of names with their lengths before them as they came, and their
 * places in order. So a name costs its length, three bytes and a little room to grow, where a tree
 * of strings takes a hundred bytes more.
 *
 * <p>A name is ASCII and has 1 to 100 bytes; its order is that of its bytes.
 */
final class NameIndex {
  private static final int BLOCK_NAMES_MAX = 256;

  /** Blocks by the least name that belongs there. */
  private final NavigableMap<String, Block> blocks = new TreeMap<>();

  private long size;

  /** No names. */
  NameIndex() {
    blocks.put("", new Block());
  }

  long size() {
    return size;
  }

  /** Adds a name; one that is there already changes nothing. */
  void add(String name) {
    Block block = blocks.floorEntry(name).getValue();
    if (block.add(ascii(name))) {
      size++;
      if (block.count > BLOCK_NAMES_MAX) {
        Block upper = block.split();
        blocks.put(upper.first(), upper);
      }
    }
  }

  /** The first names behind {@code name}, which need not be there itself; at most {@code limit}. */
  List<String> after(String name, int limit) {
    var names = new ArrayList<String>(Math.min(limit, BLOCK_NAMES_MAX));
    byte[] behind = ascii(name);
    for (Block block : blocks.tailMap(blocks.floorKey(name), true).values()) {
      block.after(behind, limit, names);
      if (names.size() == limit) {
        break;
      }
    }
    return names;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /** Some names: length u8, bytes; again and again, and where each begins, in order. */
  private static final class Block {
    private final short[] places = new short[BLOCK_NAMES_MAX + 1];
    private byte[] bytes = new byte[64];
    private int end;
    private int count;

    boolean add(byte[] name) {
      int at = find(name);
      if (at < count && compare(at, name) == 0) {
        return false;
      }
      System.arraycopy(places, at, places, at + 1, count - at);
      places[at] = (short) end;
      count++;
      append(name, 0, name.length);
      return true;
    }

    private void append(byte[] from, int begin, int length) {
      int grown = end + 1 + length;
      if (grown > bytes.length) {
        bytes = Arrays.copyOf(bytes, grown + grown / 4);
      }
      bytes[end] = (byte) length;
      System.arraycopy(from, begin, bytes, end + 1, length);
      end = grown;
    }

    /** The first slot whose name is not before this one; {@code count} when all are. */
    private int find(byte[] name) {
      int low = 0;
      int high = count;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (compare(middle, name) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    /** Keeps the lower half and returns the upper one. */
    Block split() {
      var lower = new Block();
      var upper = new Block();
      for (int slot = 0; slot < count; slot++) {
        Block half = slot < count / 2 ? lower : upper;
        half.places[half.count++] = (short) half.end;
        half.append(bytes, places[slot] + 1, bytes[places[slot]]);
      }
      System.arraycopy(lower.places, 0, places, 0, lower.count);
      bytes = lower.bytes;
      end = lower.end;
      count = lower.count;
      return upper;
    }

    String first() {
      return name(0);
    }

    void after(byte[] behind, int limit, List<String> names) {
      int slot = find(behind);
      if (slot < count && compare(slot, behind) == 0) {
        slot++;
      }
      for (; slot < count && names.size() < limit; slot++) {
        names.add(name(slot));
      }
    }

    private int compare(int slot, byte[] name) {
      int from = places[slot] + 1;
      return Arrays.compare(bytes, from, from + bytes[from - 1], name, 0, name.length);
    }

    private String name(int slot) {
      int from = places[slot] + 1;
      return new String(bytes, from, bytes[from - 1], StandardCharsets.US_ASCII);
    }
  }
}
