package org.stockbazaar.bench.cluster;

import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.Failed;

/** Has another order node lead: asks the one that leads, without a gateway. Blocking. */
public final class Transfer {
  private static final long MILLIS_MAX = 10_000;
  private static final long CALL_MILLIS_MAX = 5_000;

  private final Cluster cluster;
  private String trouble = "no order node leads";

  public Transfer(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Who leads.
   *
   * @param already whether it did before
   */
  public record Result(String leader, long epoch, boolean already) {}

  /** Has the order node of that name lead; {@link FailedException} says why it does not. */
  public Result to(String name) {
    NodePlan target = cluster.node(name);
    if (target.kind() != Kind.ORDER) {
      throw new FailedException(target.name() + " is no order node: it never leads");
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_MAX);
    Result result = once(target);
    while (result == null) {
      if (System.nanoTime() - end > 0) {
        throw new FailedException(
            target.name() + " does not take over: " + trouble + "; see 'bazaar status'");
      }
      Await.pause();
      result = once(target);
    }
    return result;
  }

  /** Null when it is worth another try. */
  private Result once(NodePlan target) {
    ClusterState state = cluster.state();
    NodeState before = state.process(target.name());
    if (!"running".equals(before.state())) {
      throw new FailedException(
          target.name()
              + " is "
              + before.state()
              + "; 'bazaar "
              + ("paused".equals(before.state()) ? "resume " : "restart ")
              + target.name()
              + "' first");
    }
    if (state.leader() == null) {
      trouble = "no order node leads";
      return null;
    }
    if (state.leader().equals(target.name())) {
      return new Result(target.name(), before.epoch(), true);
    }
    return ask(state.leader(), target);
  }

  private Result ask(String leader, NodePlan target) {
    Message reply;
    try (var call = new NodeCall(cluster.layout(), cluster.node(leader))) {
      reply = call.call(new Message.Transfer(target.node()), CALL_MILLIS_MAX);
    } catch (FailedException e) {
      // It may have died just now; asking twice does no harm.
      trouble = e.getMessage();
      return null;
    }
    if (reply instanceof Elected elected) {
      return new Result(target.name(), elected.epoch(), false);
    }
    var failed = (Failed) reply;
    trouble = leader + " says " + failed.status() + " " + failed.detail();
    return switch (failed.status()) {
      case NOT_LEADER, BUSY -> null;
      default ->
          throw new FailedException(
              target.name() + " does not take over: " + failed.detail() + "; " + leader + " leads");
    };
  }
}
