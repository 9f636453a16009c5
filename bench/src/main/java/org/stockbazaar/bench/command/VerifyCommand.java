package org.stockbazaar.bench.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.stockbazaar.bench.verify.NodeCheck;
import org.stockbazaar.bench.verify.SystemCheck;
import org.stockbazaar.bench.verify.SystemVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Verifies a live or stopped system. */
@Command(
    name = "verify",
    description = {
      "Verify the system, running or stopped: each order log's chain, numbering and books; the"
          + " logs against each other; the catalog against the log. Reads only.",
      "Status 1 on a bad verdict."
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Override
  public Integer call() {
    SystemCheck check = new SystemVerifier(where.cluster()).verify();
    if (where.json()) {
      where.sayJson(check);
      return check.good() ? 0 : 1;
    }
    print(where, check.nodes());
    where.say("Replicas: " + check.prefix().text());
    where.say("Catalog: " + check.catalog().text());
    where.say("Verdict: " + verdict(check));
    return check.good() ? 0 : 1;
  }

  private static String verdict(SystemCheck check) {
    if (!check.good()) {
      return "BAD, see above.";
    }
    String books = "good: chain, numbering and books are right";
    return check.catalog().compared()
        ? books + ", and the catalog has what the log says."
        : books + "; the catalog was not compared.";
  }

  static void print(Where where, List<NodeCheck> nodes) {
    var table =
        new Table("LOG", ">ENTRIES", ">ORDERS", ">STOCKS", ">EPOCH", "VERDICT", "DIGEST (SHA-256)");
    for (NodeCheck node : nodes) {
      table.add(
          List.of(
              node.name(),
              String.valueOf(node.entries()),
              String.valueOf(node.orders()),
              String.valueOf(node.stocks()),
              String.valueOf(node.epoch()),
              node.good() ? "good" : "BAD",
              node.digest()));
    }
    table.print(where.out());
    for (NodeCheck node : nodes) {
      if (!node.good()) {
        where.say(node.name() + ": " + node.problem());
      }
    }
  }
}
