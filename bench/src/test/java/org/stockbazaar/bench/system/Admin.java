package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;

/** An operator at one gateway. */
final class Admin implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpConnection http;
  private final String authorization;

  Admin(Cluster cluster, int gateway) {
    http =
        new HttpConnection(
            cluster.settings().adminAddress(gateway), (int) LiveSystem.PATIENCE_MILLIS);
    try {
      authorization = "Authorization: Bearer " + Files.readString(cluster.layout().token()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpReply ask(String method, String path, String body) {
    try {
      return http.exchange(method, path, body, authorization);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpReply askWithoutToken(String method, String path) throws IOException {
    return http.exchange(method, path, null);
  }

  /** The data of an answer that must be good. */
  JsonNode data(String method, String path, String body) {
    HttpReply reply = ask(method, path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    try {
      return JSON.readTree(reply.body()).path("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
