package org.stockbazaar.bench.cluster;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void keepsAFreePortFromOtherProcessesBeforeAnybodyListensThere() throws IOException {
    String name = "stock-bazaar-ports-" + Ports.free() / 100 + ".lock";
    Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThatExceptionOfType(OverlappingFileLockException.class)
          .as("this process holds it")
          .isThrownBy(channel::tryLock);
      // Closing the channel gives the lock up, as POSIX has it: nobody listens there anyway.
    }
  }
}
