package org.stockbazaar.gateway.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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
  private static final int QUANTITY_DIGITS_MAX = 10;

  /** Reads {@code body}; the refusal names field, rule and value. */
  static OrderBody parse(byte[] body) throws RefusedException {
    var reading = new Reading();
    JsonBody.read(body, FORM, reading);
    JsonBody.present("name", reading.stock != null, FORM);
    JsonBody.present("type", reading.side != null, FORM);
    JsonBody.present("quantity", reading.quantity != 0, FORM);
    return new OrderBody(reading.stock, reading.side, reading.quantity);
  }

  /** What was read so far. */
  private static final class Reading implements JsonBody.Keys {
    private String stock;
    private Side side;
    private long quantity;

    @Override
    public boolean take(String key, JsonParser value) throws IOException, RefusedException {
      switch (key) {
        case "name" -> {
          JsonBody.once(key, stock == null);
          stock = name(value);
        }
        case "type" -> {
          JsonBody.once(key, side == null);
          side = side(value);
        }
        case "quantity" -> {
          JsonBody.once(key, quantity == 0);
          quantity = quantity(value);
        }
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  private static String name(JsonParser parser) throws IOException, RefusedException {
    String name = JsonBody.string("name", NAME_RULE, parser);
    if (!Stock.isName(name)) {
      throw RefusedException.bad("name", NAME_RULE, name);
    }
    return name;
  }

  private static Side side(JsonParser parser) throws IOException, RefusedException {
    String word = JsonBody.string("type", TYPE_RULE, parser);
    return switch (word) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default -> throw RefusedException.bad("type", TYPE_RULE, word);
    };
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
