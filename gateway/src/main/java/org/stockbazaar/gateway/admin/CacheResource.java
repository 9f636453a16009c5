package org.stockbazaar.gateway.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import java.io.IOException;
import org.stockbazaar.gateway.http.Exchange;
import org.stockbazaar.gateway.http.JsonBody;
import org.stockbazaar.gateway.http.JsonBytes;
import org.stockbazaar.gateway.http.RefusedException;
import org.stockbazaar.gateway.http.Reply;
import org.stockbazaar.gateway.http.Request;
import org.stockbazaar.gateway.http.Resource;
import org.stockbazaar.gateway.http.Target;

/** {@code GET /cache}: its figures; {@code PUT /cache} turns it on or off. */
final class CacheResource implements Resource {
  private static final AsciiString READ_OR_PUT = AsciiString.cached("GET, HEAD, PUT");
  private static final String FORM = "it is an object with enabled, as in {\"enabled\":true}";
  private static final long RATIO_UNIT = 1_000;

  private final Operations operations;

  CacheResource(Operations operations) {
    this.operations = operations;
  }

  @Override
  public AsciiString allow() {
    return READ_OR_PUT;
  }

  @Override
  public boolean allows(Request request) {
    return request.isRead() || request.method().equals(HttpMethod.PUT);
  }

  @Override
  public void answer(Request request, Target target, String argument, Exchange exchange)
      throws RefusedException {
    if (!request.isRead()) {
      JsonBody.requireJson(request.headers());
      var body = new Body();
      JsonBody.read(request.body(), FORM, body);
      JsonBody.present("enabled", body.enabled != null, FORM);
      operations.enableCache(body.enabled);
    }
    exchange.reply(Reply.ok(json(operations.cache())));
  }

  static byte[] json(CacheFigures cache) {
    var json = new JsonBytes(160);
    json.ascii("{\"data\":{\"enabled\":").ascii(cache.enabled() ? "true" : "false");
    json.ascii(",\"entries\":").number(cache.entries());
    json.ascii(",\"entries_max\":").number(cache.entriesMax());
    json.ascii(",\"hits\":").number(cache.hits());
    json.ascii(",\"misses\":").number(cache.misses());
    json.ascii(",\"invalidations\":").number(cache.invalidations());
    return ratio(json.ascii(",\"hit_ratio\":"), cache).ascii("}}").toBytes();
  }

  /** Three decimals; without lookups there is no ratio. */
  private static JsonBytes ratio(JsonBytes json, CacheFigures cache) {
    long lookups = cache.hits() + cache.misses();
    if (lookups == 0) {
      return json.ascii("null");
    }
    long thousandths = cache.hits() * RATIO_UNIT / lookups;
    String decimals = Long.toString(RATIO_UNIT + thousandths % RATIO_UNIT).substring(1);
    return json.number(thousandths / RATIO_UNIT).ascii(".").ascii(decimals);
  }

  private static final class Body implements JsonBody.Keys {
    private Boolean enabled;

    @Override
    public boolean take(String key, JsonParser value) throws IOException, RefusedException {
      if (!key.equals("enabled")) {
        return false;
      }
      JsonBody.once(key, enabled == null);
      if (value.currentToken() != JsonToken.VALUE_TRUE
          && value.currentToken() != JsonToken.VALUE_FALSE) {
        throw RefusedException.bad(key, "must be true or false", value.getText());
      }
      enabled = value.currentToken() == JsonToken.VALUE_TRUE;
      return true;
    }
  }
}
