package org.stockbazaar.bench.command;

import java.util.concurrent.Callable;
import org.stockbazaar.bench.cluster.Transfer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Have another order node lead, while trades go on; return when it does. */
@Command(
    name = "transfer",
    description = "Have another order node lead, while trades go on; return when it does.")
final class TransferCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "The order node that is to lead: order-3.")
  private String name;

  @Override
  public Integer call() {
    Transfer.Result result = new Transfer(where.cluster()).to(name);
    if (where.json()) {
      where.sayJson(result);
    } else {
      String how = result.already() ? " leads already, in epoch " : " leads in epoch ";
      where.say(result.leader() + how + result.epoch() + ".");
    }
    return 0;
  }
}
