package org.stockbazaar.gateway.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import org.stockbazaar.gateway.http.Exchange;
import org.stockbazaar.gateway.http.JsonBytes;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.RefusedException;
import org.stockbazaar.gateway.http.Reply;
import org.stockbazaar.gateway.http.Request;
import org.stockbazaar.gateway.http.Resource;
import org.stockbazaar.gateway.http.Target;

/**
 * {@code POST /reset}: every stock as it was listed, transaction numbers and orders as they are.
 */
final class ResetResource implements Resource {
  private final Operations operations;

  ResetResource(Operations operations) {
    this.operations = operations;
  }

  @Override
  public AsciiString allow() {
    return POST;
  }

  @Override
  public boolean allows(Request request) {
    return request.isPost();
  }

  @Override
  public void answer(Request request, Target target, String argument, Exchange exchange)
      throws RefusedException {
    if (request.body().length > 0) {
      throw RefusedException.bad("body", "must be empty; a reset is of all stocks");
    }
    operations.reset(
        new Outcome<>() {
          @Override
          public void found(Long index) {
            exchange.reply(Reply.ok(json(index)));
          }

          @Override
          public void failed(Problem problem) {
            if (problem.kind() == Problem.Kind.OUTCOME_UNKNOWN) {
              exchange.reply(
                  Reply.error(
                      HttpResponseStatus.GATEWAY_TIMEOUT,
                      "outcome unknown; the stocks tell whether they are reset: "
                          + problem.detail()));
            } else {
              exchange.fail(problem);
            }
          }
        });
  }

  private static byte[] json(long index) {
    return new JsonBytes(48)
        .ascii("{\"data\":{\"reset\":true,\"index\":")
        .number(index)
        .ascii("}}")
        .toBytes();
  }
}
