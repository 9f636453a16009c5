package org.stockbazaar.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/**
 * An order as a client sends it: one JSON object with exactly name, type and quantity. Nothing is
 * coerced, and a number is looked at as text, so that a huge one costs nothing.
 *
 * @param stock a valid stock name
 * @param side bought or sold
 * @param quantity 1 to {@link Stock#ORDER_QUANTITY_MAX}
 */
record OrderBody(String stock, Side side, long quantity) {
  private static final String FORM = "an order is an object with name, type and quantity";
  private static final String NAME_RULE = "must be 1 to 40 characters of A-Z a-z 0-9 . _ -";
  private static final String TYPE_RULE = "must be 'buy' or 'sell'";
  private static final String QUANTITY_RULE = "must be an integer from 1 to 1000000000";
  private static final int DEPTH_MAX = 8;
  private static final int QUANTITY_DIGITS_MAX = 10;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Clients choose the keys: none of them is to be kept.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // Bodies are bounded already; a long number gets this class's message.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Reads {@code body}; the refusal names field, rule and value. */
  static OrderBody parse(byte[] body) throws RefusedException {
    String text = Utf8.decode(body);
    if (text == null) {
      throw RefusedException.bad("body", "must be UTF-8");
    }
    if (text.isBlank()) {
      throw RefusedException.bad("body", "missing; " + FORM);
    }
    try (JsonParser parser = JSON.createParser(text)) {
      return parse(parser);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where = at == null ? "" : " at column " + at.getColumnNr();
      throw RefusedException.bad("body", "not JSON" + where + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static OrderBody parse(JsonParser parser) throws IOException, RefusedException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw RefusedException.bad("body", FORM, parser.getText());
    }
    String stock = null;
    Side side = null;
    long quantity = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "name" -> {
          once(key, stock == null);
          stock = name(parser);
        }
        case "type" -> {
          once(key, side == null);
          side = side(parser);
        }
        case "quantity" -> {
          once(key, quantity == 0);
          quantity = quantity(parser);
        }
        default -> throw RefusedException.bad(RefusedException.quote(key), "unknown key; " + FORM);
      }
    }
    present("name", stock != null);
    present("type", side != null);
    present("quantity", quantity != 0);
    if (parser.nextToken() != null) {
      throw RefusedException.bad("body", "one object and nothing behind it", parser.getText());
    }
    return new OrderBody(stock, side, quantity);
  }

  private static void once(String key, boolean first) throws RefusedException {
    if (!first) {
      throw RefusedException.bad(key, "must stand once, not twice");
    }
  }

  private static void present(String key, boolean present) throws RefusedException {
    if (!present) {
      throw RefusedException.bad(key, "missing; " + FORM);
    }
  }

  private static String name(JsonParser parser) throws IOException, RefusedException {
    String name = string("name", NAME_RULE, parser);
    if (!Stock.isName(name)) {
      throw RefusedException.bad("name", NAME_RULE, name);
    }
    return name;
  }

  private static Side side(JsonParser parser) throws IOException, RefusedException {
    String word = string("type", TYPE_RULE, parser);
    return switch (word) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default -> throw RefusedException.bad("type", TYPE_RULE, word);
    };
  }

  private static String string(String key, String rule, JsonParser parser)
      throws IOException, RefusedException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw RefusedException.bad(key, rule + ", as a string", parser.getText());
    }
    return parser.getText();
  }

  private static long quantity(JsonParser parser) throws IOException, RefusedException {
    String literal = parser.getText();
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      throw RefusedException.bad("quantity", QUANTITY_RULE, '"' + literal + '"');
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || literal.length() > QUANTITY_DIGITS_MAX) {
      throw RefusedException.bad("quantity", QUANTITY_RULE, literal);
    }
    long quantity = Long.parseLong(literal);
    if (quantity < 1 || quantity > Stock.ORDER_QUANTITY_MAX) {
      throw RefusedException.bad("quantity", QUANTITY_RULE, literal);
    }
    return quantity;
  }
}
