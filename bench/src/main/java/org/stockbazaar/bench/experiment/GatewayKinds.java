package org.stockbazaar.bench.experiment;

import java.util.Map;
import org.stockbazaar.bench.session.RequestKind;

/** The gateway's own names of what clients ask for, in its metrics and histogram log. */
final class GatewayKinds {
  private static final Map<String, RequestKind> KINDS =
      Map.of(
          "stock_lookup", RequestKind.LOOKUP,
          "trade", RequestKind.TRADE,
          "order_lookup", RequestKind.ORDER_LOOKUP);

  private GatewayKinds() {}

  /** Null for a name that sessions have no use for. */
  static RequestKind of(String name) {
    return name == null ? null : KINDS.get(name);
  }
}
