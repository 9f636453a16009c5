package org.stockbazaar.bench.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.stockbazaar.order.log.Storage;

/**
 * A directory that forgets like a disk: when the power is cut, every page that was not forced is
 * kept, lost or torn, in any order, and so are names that the directory was not synced for.
 */
final class Disk implements Storage {
  private static final int PAGE = 4096;

  /** Finer than any disk tears, so that records are torn too. */
  private static final int TEAR = 32;

  private final Machine machine;
  private final SplittableRandom chance;
  private final long syncNanosMax;
  private Map<String, Content> seen = new TreeMap<>();
  private Map<String, Content> durable = new TreeMap<>();

  Disk(Machine machine, long syncNanosMax) {
    this.machine = machine;
    this.syncNanosMax = syncNanosMax;
    chance = machine.world.chance();
  }

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

    void force() {
      if (disk.length < now.length) {
        disk = Arrays.copyOf(disk, now.length);
      }
      for (int page = dirty.nextSetBit(0); page >= 0; page = dirty.nextSetBit(page + 1)) {
        int at = page * PAGE;
        System.arraycopy(now, at, disk, at, Math.min(PAGE, now.length - at));
      }
      dirty.clear();
    }

    void crash(SplittableRandom chance) {
      byte[] left = Arrays.copyOf(disk, chance.nextBoolean() ? now.length : disk.length);
      for (int page = dirty.nextSetBit(0); page >= 0; page = dirty.nextSetBit(page + 1)) {
        int fate = chance.nextInt(3);
        for (int at = page * PAGE; at < Math.min((page + 1) * PAGE, now.length); at += TEAR) {
          if (fate == 1 || (fate == 2 && chance.nextBoolean())) {
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
  void crash() {
    var left = new TreeMap<String, Content>();
    var names = new ArrayList<>(durable.keySet());
    seen.keySet().stream().filter(name -> !durable.containsKey(name)).forEach(names::add);
    names.sort(null);
    for (String name : names) {
      Content content = (chance.nextBoolean() ? seen : durable).get(name);
      if (content != null) {
        left.put(name, content);
      }
    }
    left.values().stream().distinct().forEach(content -> content.crash(chance));
    seen = left;
    durable = new TreeMap<>(left);
  }

  /** A new disk is put in. */
  void lose() {
    seen = new TreeMap<>();
    durable = new TreeMap<>();
  }

  /** Whether a file of this name survives a power cut. */
  boolean keeps(String name) {
    return durable.containsKey(name);
  }

  @Override
  public List<String> list() {
    return List.copyOf(seen.keySet());
  }

  @Override
  public StorageFile open(String name) {
    return new File(seen.computeIfAbsent(name, created -> new Content()));
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
  public void syncDirectory() {
    sync();
    durable = new TreeMap<>(seen);
  }

  private void sync() {
    boolean slow = chance.nextInt(256) == 0;
    machine.sync(chance.nextLong(slow ? 20 * syncNanosMax : syncNanosMax));
  }

  @Override
  public String describe(String name) {
    return machine.name + "/" + name;
  }

  private final class File implements StorageFile {
    private final Content content;

    File(Content content) {
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
    public void write(ByteBuffer from, long position) {
      int at = (int) position;
      int count = from.remaining();
      content.grow(at + count);
      from.get(content.now, at, count);
      content.dirty.set(at / PAGE, (at + count + PAGE - 1) / PAGE);
    }

    @Override
    public void force() {
      sync();
      content.force();
    }

    @Override
    public void close() {}
  }
}
