package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A directory of the file system. */
public final class FileStorage implements Storage {
  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

  private final Path directory;
  private final Set<OpenOption> options;

  private FileStorage(Path directory, Set<OpenOption> options) {
    this.directory = directory;
    this.options = options;
  }

  /** A directory that exists and that the caller has locked. */
  public static FileStorage of(Path directory) {
    return new FileStorage(directory, WRITE);
  }

  /** A directory that may belong to a running node: nothing in it is changed or created. */
  public static FileStorage readOnly(Path directory) {
    return new FileStorage(directory, READ);
  }

  @Override
  public List<String> list() throws IOException {
    var names = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        names.add(file.getFileName().toString());
      }
    }
    return names;
  }

  @Override
  public StorageFile open(String name) throws IOException {
    return new ChannelFile(FileChannel.open(directory.resolve(name), options));
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(directory.resolve(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        directory.resolve(from),
        directory.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** A directory opened for reading can be synced where it matters, on Linux. */
  @Override
  public void syncDirectory() throws IOException {
    try (var channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  @Override
  public String describe(String name) {
    return directory.resolve(name).toString();
  }

  private record ChannelFile(FileChannel channel) implements StorageFile {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
      long at = position;
      while (into.hasRemaining()) {
        int count = channel.read(into, at);
        if (count < 0) {
          return;
        }
        at += count;
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      long at = position;
      while (from.hasRemaining()) {
        at += channel.write(from, at);
      }
    }

    /** Without metadata: fdatasync. */
    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
