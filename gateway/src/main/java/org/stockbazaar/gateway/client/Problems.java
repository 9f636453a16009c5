package org.stockbazaar.gateway.client;

import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Reason;

/** What nodes' refusals mean to a client. */
final class Problems {
  private Problems() {}

  /** Of a refusal that is final. */
  static Problem of(Failed failed, Kind notFound) {
    Kind kind =
        switch (failed.status()) {
          case REFUSED -> refusal(failed.reason());
          case NOT_FOUND ->
              failed.reason() == Reason.UNKNOWN_STOCK ? Kind.STOCK_NOT_FOUND : notFound;
          case BUSY -> Kind.OVERLOADED;
          case UNAVAILABLE, NOT_LEADER -> Kind.UNAVAILABLE;
          case OK, BAD_REQUEST -> Kind.INTERNAL;
        };
    return new Problem(kind, failed.detail());
  }

  private static Kind refusal(Reason reason) {
    return switch (reason) {
      case QUANTITY_INSUFFICIENT -> Kind.QUANTITY_INSUFFICIENT;
      case VOLUME_LIMIT -> Kind.VOLUME_LIMIT;
      case KEY_REUSED -> Kind.KEY_REUSED;
      case UNKNOWN_STOCK -> Kind.STOCK_NOT_FOUND;
      default -> Kind.INTERNAL;
    };
  }
}
