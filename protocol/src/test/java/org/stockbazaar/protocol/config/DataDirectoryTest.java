package org.stockbazaar.protocol.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path temporary;

  @Test
  void incarnationsGrowWhateverTheClockSays() throws IOException {
    long last = System.currentTimeMillis() - 1;
    for (int time = 1; time <= 3; time++) {
      try (var directory = DataDirectory.open(temporary.resolve("node"))) {
        assertThat(directory.incarnation()).isGreaterThan(last);
        last = directory.incarnation();
      }
    }
    long future = last + 1_000_000_000;
    Files.writeString(temporary.resolve("node/incarnation"), future + "\n");
    try (var directory = DataDirectory.open(temporary.resolve("node"))) {
      assertThat(directory.incarnation()).isEqualTo(future + 1);
    }
  }

  @Test
  void belongsToOneOwnerAtATime() throws IOException {
    try (var first = DataDirectory.open(temporary)) {
      assertThat(first.path()).isEqualTo(temporary);
      assertThatExceptionOfType(FailedException.class)
          .isThrownBy(() -> DataDirectory.open(temporary))
          .withMessageContaining("another process uses the data directory");
    }
    DataDirectory.open(temporary).close();
  }

  @Test
  void refusesAGarbledIncarnation() throws IOException {
    Files.writeString(temporary.resolve("incarnation"), "x");
    assertThatExceptionOfType(FailedException.class)
        .isThrownBy(() -> DataDirectory.open(temporary))
        .withMessageContaining("holds 'x', not a number");
  }

  @Test
  void readsTheSecretAndTellsWhatIsWrongWithIt() throws IOException {
    Path file = temporary.resolve("secret");
    assertThatExceptionOfType(FailedException.class).isThrownBy(() -> ClusterSecret.load(file));
    Files.writeString(file, "00ff");
    assertThatExceptionOfType(FailedException.class)
        .isThrownBy(() -> ClusterSecret.load(file))
        .withMessageContaining("64 hexadecimal digits");
    Files.writeString(file, "ab".repeat(32) + "\n");
    var secret = ClusterSecret.load(file);
    Files.writeString(file, "ac".repeat(32));
    var other = ClusterSecret.load(file);
    assertThat(secret.cluster()).isNotEqualTo(other.cluster());
    assertThat(secret.hmac(new byte[] {1}, new byte[] {2}))
        .isEqualTo(secret.hmac(new byte[] {1, 2}));
    assertThat(ClusterSecret.equal(secret.hmac(new byte[] {1}), other.hmac(new byte[] {1})))
        .isFalse();
  }
}
