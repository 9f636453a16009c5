package org.stockbazaar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final List<String> events = new ArrayList<>();
  private final Choice choice = new Choice(Mix.parse("lookup"), 1);
  private final HttpLane lane =
      new HttpLane(
          new Lane.Run() {
            @Override
            public void answered(Lane answered, int status) {
              events.add(status + " due " + answered.dueNanos + " sent " + answered.sentNanos);
            }

            @Override
            public void broke(Lane broken) {
              events.add("broke");
            }
          },
          choice,
          new HttpRequests(choice, List.of("Foo"), 1));
  private final EmbeddedChannel channel = new EmbeddedChannel(lane.handler());

  private List<Long> unanswered() {
    List<Long> dues = new ArrayList<>();
    lane.unanswered((kind, due) -> dues.add(due));
    return dues;
  }

  private void replies(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  @Test
  @Tag("B3")
  void aRequestThatHadToWaitKeepsTheMomentAtWhichItWasDue() {
    lane.due(100, 100);
    lane.due(200, 200);
    lane.due(300, 300);
    assertThat(channel.outboundMessages()).as("one at a time").hasSize(1);
    replies(OK);
    lane.sendNext(5_000);
    replies(OK);
    lane.sendNext(6_000);
    replies(OK);
    assertThat(events)
        .containsExactly("200 due 100 sent 100", "200 due 200 sent 5000", "200 due 300 sent 6000");
    assertThat(unanswered()).isEmpty();
  }

  @Test
  @Tag("B3")
  void whatHasNoAnswerAtTheEndIsNotForgotten() {
    lane.due(100, 100);
    lane.due(200, 200);
    assertThat(unanswered()).containsExactly(100L, 200L);
  }

  @Test
  void aReplyThatNobodyAskedForEndsTheConnection() {
    replies(OK);
    assertThat(events).containsExactly("broke");
    assertThat(channel.isOpen()).isFalse();
  }
}
