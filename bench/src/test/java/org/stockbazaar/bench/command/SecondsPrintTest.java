package org.stockbazaar.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.load.MachineWatch;
import org.stockbazaar.bench.load.Second;

class SecondsPrintTest {
  private static final long MILLI = 1_000_000;

  private final List<Second> seconds = new ArrayList<>();

  private void second(long p999Millis, long processorMillis, long diskMillis) {
    var machine = new MachineWatch.Reading(processorMillis * MILLI, diskMillis * MILLI, 0.9);
    seconds.add(new Second(1_000, p999Millis * MILLI, p999Millis * MILLI, machine));
  }

  @Test
  @Tag("B3")
  void tellStallsThatTheMachineHadTooFromThoseThatItHadNot() {
    second(4, 4, 9);
    second(20, 1, 10);
    second(5, 1, 40);
    second(60, 1, 2);
    second(12, 6, 2);
    second(11, 1, 2);
    second(11, 4, 3);
    var print = new SecondsPrint(seconds);
    assertThat(print.lines().get(0)).contains("median 11.0 ms, longest 60").contains("second 4");
    assertThat(print.lines().get(1))
        .contains("Above 10 ms in 5 of 7 seconds")
        .contains("in 2 of them a sync")
        .contains("in 2 of the others a sleeper")
        .contains("90 % busy");
  }

  @Test
  @Tag("B3")
  void doNotCallADiskGoodThatNobodyWatched() {
    second(4, 4, 0);
    second(20, 11, 0);
    var print = new SecondsPrint(seconds);
    assertThat(print.lines().get(1))
        .contains("in 1 of them a sleeper", "no disk was watched")
        .doesNotContain("sync");
    Map<String, Object> fields = new HashMap<>();
    print.json(fields);
    JsonNode json = new ObjectMapper().valueToTree(fields);
    assertThat(json.at("/by_second/1/machine_late_micros").doubleValue()).isEqualTo(11_000);
    assertThat(json.at("/by_second/1/machine_sync_micros").isMissingNode()).isTrue();
  }

  @Test
  @Tag("B3")
  void sayNothingOfTheMachineInAClosedLoop() {
    seconds.add(new Second(1_000, MILLI, 2 * MILLI, null));
    assertThat(new SecondsPrint(seconds).lines()).isEmpty();
    seconds.add(new Second(1_000, 3 * MILLI, 3 * MILLI, null));
    assertThat(new SecondsPrint(seconds).lines()).singleElement().asString().contains("second 2");
  }
}
