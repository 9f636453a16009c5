package org.stockbazaar.gateway.http;

import java.util.List;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Stock;

/** Stocks as JSON. */
final class StockJson {
  private static final int STOCK_BYTES = 160;

  private StockJson() {}

  /** {@code {"data":{"name":…}}}. */
  static byte[] of(Stock stock) {
    var json = new JsonBytes(STOCK_BYTES).ascii("{\"data\":");
    return append(json, stock).ascii("}").toBytes();
  }

  /** {@code {"data":[…],"next":"NAME"}}. */
  static byte[] of(Message.Page page) {
    List<Stock> stocks = page.stocks();
    var json = new JsonBytes(32 + STOCK_BYTES * stocks.size()).ascii("{\"data\":[");
    for (int i = 0; i < stocks.size(); i++) {
      if (i > 0) {
        json.ascii(",");
      }
      append(json, stocks.get(i));
    }
    json.ascii("],\"next\":");
    if (page.more() && !stocks.isEmpty()) {
      json.string(stocks.get(stocks.size() - 1).name());
    } else {
      json.ascii("null");
    }
    return json.ascii("}").toBytes();
  }

  private static JsonBytes append(JsonBytes json, Stock stock) {
    json.ascii("{\"name\":\"")
        .ascii(stock.name())
        .ascii("\",\"price\":")
        .cents(stock.priceCents())
        .ascii(",\"quantity\":")
        .number(stock.quantity())
        .ascii(",\"trading_volume\":")
        .number(stock.volume());
    if (stock.volumeMax() != 0) {
      json.ascii(",\"max_trading_volume\":").number(stock.volumeMax());
    }
    return json.ascii("}");
  }
}
