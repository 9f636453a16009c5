package org.stockbazaar.catalog.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Names in order, which a hash map cannot give. Kept in blocks of at most 256 names, each block one
 * byte array of names with their lengths before them, so that a name costs its length and one byte
 * and a little room to grow, where a tree of strings takes a hundred bytes more.
 *
 * <p>A name is ASCII and has 1 to 127 bytes; its order is that of its bytes.
 */
final class NameIndex {
  private static final int BLOCK_NAMES_MAX = 256;

  /** Blocks by the least name that belongs there. */
  private final NavigableMap<String, Block> blocks = new TreeMap<>();

  private long size;

  /** No names. */
  NameIndex() {
    blocks.put("", new Block(new byte[0], 0));
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

  /** Some names in order: length u8, bytes; again and again. */
  private static final class Block {
    private byte[] bytes;
    private int end;
    private int count;

    Block(byte[] bytes, int count) {
      this.bytes = bytes;
      this.end = bytes.length;
      this.count = count;
    }

    boolean add(byte[] name) {
      int at = 0;
      while (at < end) {
        int order = compare(at, name);
        if (order == 0) {
          return false;
        }
        if (order > 0) {
          break;
        }
        at += 1 + bytes[at];
      }
      int grown = end + 1 + name.length;
      if (grown > bytes.length) {
        bytes = Arrays.copyOf(bytes, grown + grown / 4);
      }
      System.arraycopy(bytes, at, bytes, at + 1 + name.length, end - at);
      bytes[at] = (byte) name.length;
      System.arraycopy(name, 0, bytes, at + 1, name.length);
      end = grown;
      count++;
      return true;
    }

    /** Keeps the lower half and returns the upper one. */
    Block split() {
      int lower = count / 2;
      int at = 0;
      for (int i = 0; i < lower; i++) {
        at += 1 + bytes[at];
      }
      var upper = new Block(Arrays.copyOfRange(bytes, at, end), count - lower);
      bytes = Arrays.copyOf(bytes, at);
      end = at;
      count = lower;
      return upper;
    }

    String first() {
      return name(0);
    }

    void after(byte[] behind, int limit, List<String> names) {
      for (int at = 0; at < end && names.size() < limit; at += 1 + bytes[at]) {
        if (compare(at, behind) > 0) {
          names.add(name(at));
        }
      }
    }

    private int compare(int at, byte[] name) {
      int from = at + 1;
      return Arrays.compare(bytes, from, from + bytes[at], name, 0, name.length);
    }

    private String name(int at) {
      return new String(bytes, at + 1, bytes[at], StandardCharsets.US_ASCII);
    }
  }
}
