package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A directory in memory that forgets like a disk. What was written is seen at once; a crash keeps,
 * loses or tears every 4 KiB page that was not forced, by seed and in any order, and creations,
 * deletions and renamings that the directory was not synced for.
 */
final class MemoryStorage implements Storage {
  private static final int PAGE = 4096;

  /** Finer than any disk tears, so that records are torn too. */
  private static final int TEAR = 32;

  /** Runs out of this many forces and writes, then every one fails. */
  int forcesLeft = Integer.MAX_VALUE;

  int writesLeft = Integer.MAX_VALUE;

  /** Whether a failed sync cleans the pages that it did not write, as Linux does. */
  boolean failedForceLoses = true;

  int forces;
  int writes;

  private Map<String, Content> seen = new TreeMap<>();
  private Map<String, Content> durable = new TreeMap<>();

  /** A file's bytes as programs see them and as the disk has them. */
  private static final class Content {
    byte[] now = new byte[0];
    byte[] disk = new byte[0];
    final BitSet dirty = new BitSet();

    void grow(int size) {
      if (size > now.length) {
        dirty.set(now.length / PAGE, (size + PAGE - 1) / PAGE);
        now = Arrays.copyOf(now, size);
      }
    }

    void crash(Random random) {
      byte[] left = Arrays.copyOf(disk, random.nextBoolean() ? now.length : disk.length);
      for (int page = dirty.nextSetBit(0); page >= 0; page = dirty.nextSetBit(page + 1)) {
        int fate = random.nextInt(3);
        for (int at = page * PAGE; at < Math.min((page + 1) * PAGE, now.length); at += TEAR) {
          if (fate == 1 || (fate == 2 && random.nextBoolean())) {
            int bytes = Math.min(TEAR, now.length - at);
            left = left.length < at + bytes ? Arrays.copyOf(left, at + bytes) : left;
            System.arraycopy(now, at, left, at, bytes);
          }
        }
      }
      now = left;
      disk = left.clone();
      dirty.clear();
    }
  }

  /** The power fails. Open files are of no use afterwards. */
  void crash(Random random) {
    var left = new TreeMap<String, Content>();
    var names = new ArrayList<>(durable.keySet());
    seen.keySet().stream().filter(name -> !durable.containsKey(name)).forEach(names::add);
    names.sort(null);
    for (String name : names) {
      Content content = (random.nextBoolean() ? seen : durable).get(name);
      if (content != null) {
        left.put(name, content);
      }
    }
    left.values().stream().distinct().forEach(content -> content.crash(random));
    seen = left;
    durable = new TreeMap<>(left);
    forcesLeft = Integer.MAX_VALUE;
    writesLeft = Integer.MAX_VALUE;
  }

  /** A copy of everything as programs see it. */
  MemoryStorage copy() {
    var copy = new MemoryStorage();
    seen.forEach((name, content) -> copy.put(name, content.now.clone()));
    return copy;
  }

  byte[] bytes(String name) {
    return seen.get(name).now;
  }

  /** Puts a file whose bytes are on the disk. */
  void put(String name, byte[] bytes) {
    var content = new Content();
    content.now = bytes;
    content.disk = bytes.clone();
    seen.put(name, content);
    durable.put(name, content);
  }

  @Override
  public List<String> list() {
    return List.copyOf(seen.keySet());
  }

  @Override
  public StorageFile open(String name) {
    return new MemoryFile(seen.computeIfAbsent(name, created -> new Content()));
  }

  @Override
  public void delete(String name) {
    seen.remove(name);
  }

  @Override
  public void rename(String from, String to) {
    seen.put(to, seen.remove(from));
  }

  @Override
  public void syncDirectory() throws IOException {
    useForce();
    durable = new TreeMap<>(seen);
  }

  @Override
  public String describe(String name) {
    return "memory/" + name;
  }

  private void useForce() throws IOException {
    forces++;
    if (forcesLeft-- <= 0) {
      throw new IOException("planned failure of a sync");
    }
  }

  private final class MemoryFile implements StorageFile {
    private final Content content;

    MemoryFile(Content content) {
      this.content = content;
    }

    @Override
    public long size() {
      return content.now.length;
    }

    @Override
    public void read(ByteBuffer into, long position) {
      int count = (int) Math.min(into.remaining(), content.now.length - position);
      if (count > 0) {
        into.put(content.now, (int) position, count);
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      writes++;
      if (writesLeft-- <= 0) {
        throw new IOException("planned failure of a write");
      }
      int at = (int) position;
      int count = from.remaining();
      content.grow(at + count);
      from.get(content.now, at, count);
      content.dirty.set(at / PAGE, (at + count + PAGE - 1) / PAGE);
    }

    @Override
    public void force() throws IOException {
      try {
        useForce();
      } catch (IOException e) {
        if (failedForceLoses) {
          content.dirty.clear();
        }
        throw e;
      }
      content.disk = content.now.clone();
      content.dirty.clear();
    }

    @Override
    public void close() {}
  }
}
