package org.stockbazaar.bench.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stockbazaar.protocol.config.FailedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a process wrote. */
@Command(name = "logs", description = "Show the end of a process's log.")
final class LogsCommand implements Callable<Integer> {
  private static final int BLOCK = 64 * 1024;
  private static final long FOLLOW_MILLIS = 200;

  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "A process as in 'bazaar status', or leader.")
  private String name;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "50",
      description = "How many lines (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is written, until interrupted.")
  private boolean follow;

  @Override
  public Integer call() throws InterruptedException {
    String node = where.cluster().node(name).name();
    Path log = where.layout().log(node);
    if (!Files.exists(log)) {
      throw new FailedException(node + " has no log yet; start it with 'bazaar up'");
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      print(file, startOfLast(file));
      while (follow && !where.out().checkError()) {
        Thread.sleep(FOLLOW_MILLIS);
        if (file.length() < file.getFilePointer()) {
          file.seek(0);
        }
        print(file, file.getFilePointer());
      }
    } catch (IOException e) {
      throw new FailedException("cannot read " + log + ": " + e.getMessage(), e);
    }
    return 0;
  }

  /** Where the last lines begin, found from the end: a log may be long. */
  private long startOfLast(RandomAccessFile file) throws IOException {
    long last = file.length() - 1;
    int left = lines;
    byte[] block = new byte[BLOCK];
    for (long end = last + 1; end > 0 && left > 0; ) {
      int size = (int) Math.min(BLOCK, end);
      end -= size;
      file.seek(end);
      file.readFully(block, 0, size);
      for (int i = size - 1; i >= 0; i--) {
        // The newline at the very end closes the last line and begins none.
        if (block[i] == '\n' && end + i < last && --left == 0) {
          return end + i + 1;
        }
      }
    }
    return left > 0 ? 0 : last + 1;
  }

  private void print(RandomAccessFile file, long from) throws IOException {
    file.seek(from);
    byte[] block = new byte[BLOCK];
    for (int size = file.read(block); size > 0; size = file.read(block)) {
      where.out().print(new String(block, 0, size, StandardCharsets.UTF_8));
    }
    where.out().flush();
  }
}
