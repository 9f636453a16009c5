package org.stockbazaar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepliesTest {
  private static final String THREE =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 5\r\n\r\nhello"
          + "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n"
          + "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\nRetry-After: 1\r\n\r\n\r\n";

  private final Replies replies = new Replies();

  private List<Integer> take(ByteBuf in) throws ProtocolException {
    List<Integer> statuses = new ArrayList<>();
    for (int status = replies.take(in); status != 0; status = replies.take(in)) {
      statuses.add(status);
    }
    return statuses;
  }

  @Test
  void findsEachReplyWhereverTheStreamIsCut() throws ProtocolException {
    byte[] bytes = THREE.getBytes(StandardCharsets.US_ASCII);
    for (int cut = 0; cut <= bytes.length; cut++) {
      ByteBuf in = Unpooled.buffer();
      List<Integer> statuses = take(in.writeBytes(bytes, 0, cut));
      statuses.addAll(take(in.writeBytes(bytes, cut, bytes.length - cut)));
      assertThat(statuses).as("cut at %d", cut).containsExactly(200, 409, 503);
      assertThat(in.isReadable()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 20x OK\r\n",
        "nonsense\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n"
      })
  void whatAGatewayNeverSendsIsAnError(String text) {
    ByteBuf in = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> take(in)).isInstanceOf(ProtocolException.class);
  }
}
