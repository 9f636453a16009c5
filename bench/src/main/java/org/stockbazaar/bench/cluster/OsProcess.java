package org.stockbazaar.bench.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process of the operating system, told apart by its id and its start, so that another process
 * that got the same id later is neither shown nor signalled.
 *
 * @param pid its id
 * @param started clock ticks from the machine's boot to its start
 */
record OsProcess(long pid, long started) {
  private static final Path PROC = Path.of("/proc");
  // Fields of /proc/PID/stat, counted from the state, which follows the command in parentheses.
  private static final int STATE = 0;
  private static final int THREADS = 17;
  private static final int STARTED = 19;

  /** What a process is doing. */
  enum State {
    RUNNING,
    PAUSED,
    GONE
  }

  /** The process that has this id now, or null. */
  static OsProcess of(long pid) {
    String[] stat = stat(pid);
    return stat == null ? null : new OsProcess(pid, Long.parseLong(stat[STARTED]));
  }

  State state() {
    String[] stat = stat(pid);
    if (stat == null || Long.parseLong(stat[STARTED]) != started) {
      return State.GONE;
    }
    return switch (stat[STATE]) {
      case "T", "t" -> State.PAUSED;
      // Its first thread is a zombie while others still hold its ports and files.
      case "Z" -> Integer.parseInt(stat[THREADS]) > 1 ? State.RUNNING : State.GONE;
      case "X", "x" -> State.GONE;
      default -> State.RUNNING;
    };
  }

  boolean alive() {
    return state() != State.GONE;
  }

  /** Resident memory in bytes, 0 when it is gone. */
  long residentBytes() {
    return memory("status", "VmRSS:");
  }

  /** The same, but a page that n processes share counts as its nth part: sums are true. */
  long proportionalBytes() {
    return memory("smaps_rollup", "Pss:");
  }

  private long memory(String file, String field) {
    if (!alive()) {
      return 0;
    }
    try {
      for (String line : Files.readAllLines(PROC.resolve(pid + "/" + file))) {
        if (line.startsWith(field)) {
          String kib = line.substring(field.length()).replace("kB", "").strip();
          return Long.parseLong(kib) * 1024;
        }
      }
    } catch (IOException e) {
      // It ended in between.
    }
    return 0;
  }

  /** Sends TERM, KILL, STOP or CONT, unless it is gone. */
  void signal(String name) throws IOException {
    if (!alive()) {
      return;
    }
    // The shell's own kill: there is no other way to STOP and CONT from Java.
    var shell =
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
            .redirectErrorStream(true)
            .start();
    try (var output = shell.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (shell.waitFor() != 0 && alive()) {
        throw new IOException("cannot send " + name + " to process " + pid + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Waits until it is gone; false when it still lives after that time. */
  boolean awaitEnd(long timeoutMillis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (alive()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Await.pause();
    }
    return true;
  }

  private static String[] stat(long pid) {
    try {
      String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    } catch (IOException e) {
      return null;
    }
  }
}
