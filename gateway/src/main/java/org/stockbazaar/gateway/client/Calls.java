package org.stockbazaar.gateway.client;

/** The open calls, oldest first: a list through the calls themselves. */
final class Calls {
  private Call first;
  private Call last;
  private int size;

  int size() {
    return size;
  }

  Call first() {
    return first;
  }

  void add(Call call) {
    call.previous = last;
    if (last == null) {
      first = call;
    } else {
      last.next = call;
    }
    last = call;
    size++;
  }

  /** Takes a call out; its own {@code next} stays, for whoever stands at it. */
  void remove(Call call) {
    if (call.previous == null) {
      first = call.next;
    } else {
      call.previous.next = call.next;
    }
    if (call.next == null) {
      last = call.previous;
    } else {
      call.next.previous = call.previous;
    }
    size--;
  }
}
