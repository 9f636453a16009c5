package org.stockbazaar.order.replication;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Status;

/** The nominations that one candidacy is to answer; several gateways may nominate at once. */
final class Nominations {
  private static final int MAX = 64;

  private final List<Answer> answers = new ArrayList<>();

  void add(Answer answer) {
    if (answers.size() < MAX) {
      answers.add(answer);
    } else {
      answer.with(new Failed(Status.BUSY, Reason.NONE, 0, MAX + " nominations wait"));
    }
  }

  /** Answers all of them. */
  void answer(Message reply) {
    var waiting = List.copyOf(answers);
    answers.clear();
    for (Answer answer : waiting) {
      answer.with(reply);
    }
  }
}
