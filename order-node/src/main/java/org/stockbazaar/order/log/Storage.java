package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Port: one directory of files, as little of it as a log needs, so that tests can lose what was not
 * synced. Blocking. Nothing is durable before {@link StorageFile#force}, and no creation, deletion
 * or renaming before {@link #syncDirectory}.
 */
public interface Storage {
  /** Names of the files there are, in no particular order. */
  List<String> list() throws IOException;

  /** Opens a file, which is created when it is not there. */
  StorageFile open(String name) throws IOException;

  /** Deletes a file. */
  void delete(String name) throws IOException;

  /** Renames a file, over one that has the new name. */
  void rename(String from, String to) throws IOException;

  /** Makes creations, deletions and renamings durable. */
  void syncDirectory() throws IOException;

  /** What people call the file: its path. */
  String describe(String name);

  /** An open file. */
  interface StorageFile extends AutoCloseable {
    /** Its size in bytes. */
    long size() throws IOException;

    /** Fills {@code into} from {@code position} on, or up to the file's end. */
    void read(ByteBuffer into, long position) throws IOException;

    /** Writes all of {@code from}, at {@code position}; the file grows as needed. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Makes what was written durable. After an error nobody knows what is on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }
}
