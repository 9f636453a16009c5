package org.stockbazaar.bench.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a history is linearizable: whether its operations can be put in one order that
 * respects real time (what was answered before another was sent comes first) and that the model
 * could have answered so.
 *
 * <p>Wing and Gong's search with Lowe's memory of (operations done, state), over a list of calls
 * and replies in order of time ("Testing for linearizability", Concurrency and Computation 2017;
 * the form is that of Porcupine). The time is exponential in the number of operations that overlap,
 * so histories are partitioned first, by stock and by order number.
 */
public final class Linearizability<S, O> {
  private final Model<S, O> model;
  private final long stepsMax;

  /** The verdict on a history. */
  public enum Verdict {
    LINEARIZABLE,
    NOT_LINEARIZABLE,
    /** The search was given up after the number of steps that it was allowed. */
    UNDECIDED
  }

  /**
   * @param stepsMax steps of the search after which it gives up
   */
  public Linearizability(Model<S, O> model, long stepsMax) {
    this.model = model;
    this.stepsMax = stepsMax;
  }

  /** A call or a reply in the list of both by time. */
  private static final class Node<O> {
    final int operation;
    final O value;
    Node<O> reply; // null in a reply
    Node<O> previous;
    Node<O> next;

    Node(int operation, O value) {
      this.operation = operation;
      this.value = value;
    }
  }

  private record Choice<S, O>(Node<O> call, S before) {}

  private record Visited<S>(BitSet done, S state) {}

  /** Decides over the whole history; its operations may come in any order. */
  public Verdict check(List<Operation<O>> history) {
    Node<O> head = timeline(history);
    var done = new BitSet(history.size());
    Set<Visited<S>> visited = new HashSet<>();
    var choices = new ArrayDeque<Choice<S, O>>();
    S state = model.initial();
    Node<O> node = head.next;
    for (long steps = 0; head.next != null; steps++) {
      if (steps >= stepsMax) {
        return Verdict.UNDECIDED;
      }
      if (node != null && node.reply != null) {
        S after = model.step(state, node.value);
        if (after != null && isNew(visited, done, node.operation, after)) {
          choices.push(new Choice<>(node, state));
          state = after;
          done.set(node.operation);
          lift(node);
          node = head.next;
        } else {
          node = node.next;
        }
      } else {
        // A reply whose call was not chosen: nothing behind it may come first.
        if (choices.isEmpty()) {
          return Verdict.NOT_LINEARIZABLE;
        }
        Choice<S, O> last = choices.pop();
        state = last.before;
        done.clear(last.call.operation);
        unlift(last.call);
        node = last.call.next;
      }
    }
    return Verdict.LINEARIZABLE;
  }

  private boolean isNew(Set<Visited<S>> visited, BitSet done, int operation, S after) {
    var with = (BitSet) done.clone();
    with.set(operation);
    return visited.add(new Visited<>(with, after));
  }

  private record Event<O>(long time, boolean isReply, Node<O> node) {}

  /** The list of calls and replies; at the same time calls come first, so that they overlap. */
  private static <O> Node<O> timeline(List<Operation<O>> history) {
    var events = new ArrayList<Event<O>>(2 * history.size());
    for (int i = 0; i < history.size(); i++) {
      Operation<O> operation = history.get(i);
      var call = new Node<>(i, operation.value());
      call.reply = new Node<>(i, operation.value());
      events.add(new Event<>(operation.call(), false, call));
      events.add(new Event<>(operation.reply(), true, call.reply));
    }
    events.sort(Comparator.<Event<O>>comparingLong(Event::time).thenComparing(Event::isReply));
    var head = new Node<O>(-1, null);
    Node<O> last = head;
    for (Event<O> event : events) {
      last.next = event.node;
      event.node.previous = last;
      last = event.node;
    }
    return head;
  }

  private static <O> void lift(Node<O> call) {
    unlink(call);
    unlink(call.reply);
  }

  private static <O> void unlink(Node<O> node) {
    node.previous.next = node.next;
    if (node.next != null) {
      node.next.previous = node.previous;
    }
  }

  /** Puts both back where they were; in the opposite order of {@link #lift}. */
  private static <O> void unlift(Node<O> call) {
    relink(call.reply);
    relink(call);
  }

  private static <O> void relink(Node<O> node) {
    node.previous.next = node;
    if (node.next != null) {
      node.next.previous = node;
    }
  }
}
