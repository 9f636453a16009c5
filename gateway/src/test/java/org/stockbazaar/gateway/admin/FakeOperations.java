package org.stockbazaar.gateway.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message.Pong;

/** Three order nodes and a cache in memory; can be told to fail. */
final class FakeOperations implements Operations {
  final List<String> calls = new ArrayList<>();
  final Pong[] pongs = new Pong[4];
  volatile Problem problem;
  private boolean cacheOn = true;

  @Override
  public SortedSet<Integer> replicas() {
    return new TreeSet<>(List.of(1, 2, 3));
  }

  @Override
  public void cluster(Consumer<ClusterView> told) {
    var all = new ArrayList<ClusterView.Replica>();
    for (int id : replicas()) {
      all.add(new ClusterView.Replica(id, new HostPort("127.0.0.1", 9080 + 10 * id), pongs[id]));
    }
    told.accept(new ClusterView(all));
  }

  @Override
  public void lead(int replica, Outcome<Long> outcome) {
    calls.add("lead " + replica);
    tell(outcome, 8L);
  }

  @Override
  public void reset(Outcome<Long> outcome) {
    calls.add("reset");
    tell(outcome, 41L);
  }

  private void tell(Outcome<Long> outcome, long value) {
    if (problem == null) {
      outcome.found(value);
    } else {
      outcome.failed(problem);
    }
  }

  @Override
  public CacheFigures cache() {
    return new CacheFigures(cacheOn, 3, 100, 7, 2, 1);
  }

  @Override
  public void enableCache(boolean on) {
    calls.add("cache " + on);
    cacheOn = on;
  }

  @Override
  public int invalidate(String stock) {
    calls.add("invalidate " + stock);
    return 3;
  }
}
