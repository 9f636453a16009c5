package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stockbazaar.bench.check.LoggedStock;
import org.stockbazaar.bench.check.Offence;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Stock;

/** What users were answered, and when; at the end each stock's part must be linearizable. */
final class History {
  private final Truth truth;
  private final Map<String, List<Operation>> operations = new TreeMap<>();

  /** Tells the judge of one stock about an operation on it. */
  private interface Telling {
    void tell(LoggedStock judge, long operation);
  }

  private record Operation(String what, long call, long reply, Telling telling) {}

  History(Truth truth) {
    this.truth = truth;
  }

  void looked(Stock stock, long call, long reply) {
    add(
        stock.name(),
        new Operation(
            "looked up " + stock,
            call,
            reply,
            (judge, number) ->
                judge.looked(call, reply, stock.quantity(), stock.volume(), number)));
  }

  void refused(String stock, long shares, long call, long reply) {
    add(
        stock,
        new Operation(
            "refused " + shares,
            call,
            reply,
            (judge, number) -> judge.refused(call, reply, shares, number)));
  }

  /** A trade of this key was asked for, perhaps again. */
  void sent(String stock, Entry entry, long call) {
    int k = place(entry);
    add(
        stock,
        new Operation(
            "sent " + entry,
            call,
            Long.MAX_VALUE,
            (judge, operation) -> judge.sent(k, call, operation)));
  }

  /** A trade was answered with, or found under, its number. */
  void known(Entry entry, long call, long reply) {
    int k = place(entry);
    add(
        entry.stock(),
        new Operation(
            "knew " + entry, call, reply, (judge, operation) -> judge.known(k, reply, operation)));
  }

  /** An order that was traded in the end was not there. */
  void missing(Entry entry, long call, long reply) {
    int k = place(entry);
    add(
        entry.stock(),
        new Operation(
            "missed " + entry,
            call,
            reply,
            (judge, operation) -> judge.missing(k, call, operation)));
  }

  private int place(Entry entry) {
    return truth.course(entry.stock()).place(entry.index());
  }

  private void add(String stock, Operation operation) {
    operations.computeIfAbsent(stock, s -> new ArrayList<>()).add(operation);
  }

  /** What is wrong with it, null when nothing is. */
  String offence() {
    for (var ofStock : operations.entrySet()) {
      Truth.Course course = truth.course(ofStock.getKey());
      if (course != null) {
        String offence = offence(ofStock.getKey(), course, ofStock.getValue());
        if (offence != null) {
          return offence;
        }
      }
    }
    return null;
  }

  private static String offence(String stock, Truth.Course course, List<Operation> operations) {
    Truth.Point first = course.points.get(0);
    var judge = new LoggedStock(first.quantity(), first.volume());
    course.trades.forEach(entry -> judge.logged(entry.side(), entry.quantity()));
    for (int i = 0; i < operations.size(); i++) {
      operations.get(i).telling.tell(judge, i);
    }
    Offence offence = judge.check();
    return offence == null
        ? null
        : "the history of "
            + stock
            + " is not linearizable: "
            + offence.rule()
            + ", "
            + describe(operations, offence.first())
            + describe(operations, offence.second());
  }

  private static String describe(List<Operation> operations, long number) {
    if (number == Offence.NONE) {
      return "";
    }
    Operation operation = operations.get((int) number);
    return operation.what + " [" + operation.call + ", " + operation.reply + "] ";
  }
}
