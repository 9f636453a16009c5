package org.stockbazaar.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.stockbazaar.bench.chaos.Operation.Event;
import org.stockbazaar.bench.chaos.Operation.Found;
import org.stockbazaar.bench.chaos.Operation.Looked;
import org.stockbazaar.bench.chaos.Operation.NotFound;
import org.stockbazaar.bench.chaos.Operation.Refused;
import org.stockbazaar.bench.chaos.Operation.Traded;
import org.stockbazaar.bench.chaos.Operation.Unanswered;
import org.stockbazaar.protocol.message.Side;

/**
 * All operations of one client in few bytes, about 15 each, so that minutes of them fit in memory.
 * Written by the client's thread, read when that has ended.
 */
final class History {
  private static final int CHUNK_BYTES = 1 << 16;
  // More than the longest operation: a tag, a gateway, and nine numbers of at most ten bytes.
  private static final int OPERATION_BYTES_MAX = 96;
  private static final int KIND_MASK = 7;
  private static final int SELL = 8;
  private static final int OPEN = 16;

  private final int client;
  private final List<byte[]> chunks = new ArrayList<>();
  private int at = CHUNK_BYTES;
  private int size;
  private long time;

  History(int client) {
    this.client = client;
  }

  int size() {
    return size;
  }

  /** Adds what the client did next. */
  void add(int gateway, long first, long call, long reply, Event event) {
    if (at + OPERATION_BYTES_MAX > CHUNK_BYTES) {
      chunks.add(new byte[CHUNK_BYTES]);
      at = 0;
    }
    put((byte) tag(event));
    put((byte) gateway);
    write(first - time);
    write(call - first);
    write(reply - call);
    time = reply;
    size++;
    if (event instanceof Looked looked) {
      write(looked.stock());
      write(looked.quantity());
      write(looked.volume());
    } else if (event instanceof Found found) {
      write(found.number());
      write(found.stock());
      write(found.quantity());
    } else if (event instanceof NotFound notFound) {
      write(notFound.number());
    } else {
      Order order = order(event);
      write(order.placer());
      write(order.ordinal());
      write(order.stock());
      write(order.quantity());
      if (event instanceof Traded traded) {
        write(traded.number());
      }
    }
  }

  private static int tag(Event event) {
    if (event instanceof Looked) {
      return 0;
    }
    if (event instanceof Found found) {
      return 1 | side(found.side());
    }
    if (event instanceof NotFound) {
      return 2;
    }
    int side = side(order(event).side());
    if (event instanceof Refused refused) {
      return 3 | side | (refused.open() ? OPEN : 0);
    }
    if (event instanceof Unanswered unanswered) {
      return 4 | side | (unanswered.open() ? OPEN : 0);
    }
    return 5 | side;
  }

  private static int side(Side side) {
    return side == Side.SELL ? SELL : 0;
  }

  /** The order of an event that is about placing one. */
  static Order order(Event event) {
    if (event instanceof Traded traded) {
      return traded.order();
    }
    return event instanceof Refused refused ? refused.order() : ((Unanswered) event).order();
  }

  private void put(byte value) {
    chunks.get(chunks.size() - 1)[at++] = value;
  }

  /** Seven bits a byte, the lowest first, the sign in the lowest bit. */
  private void write(long value) {
    long left = value << 1 ^ value >> 63;
    while ((left & ~0x7fL) != 0) {
      put((byte) (left | 0x80));
      left >>>= 7;
    }
    put((byte) left);
  }

  /** Shows all operations, in the order in which the client did them. */
  void forEach(Consumer<Operation> visitor) {
    new Reader().run(visitor);
  }

  private final class Reader {
    private byte[] chunk;
    private int position;

    void run(Consumer<Operation> visitor) {
      int number = 0;
      chunk = size == 0 ? new byte[0] : chunks.get(0);
      long before = 0;
      for (int ordinal = 0; ordinal < size; ordinal++) {
        if (position + OPERATION_BYTES_MAX > CHUNK_BYTES) {
          chunk = chunks.get(++number);
          position = 0;
        }
        int tag = chunk[position++];
        int gateway = chunk[position++];
        long first = before + read();
        long call = first + read();
        long reply = call + read();
        before = reply;
        visitor.accept(new Operation(client, ordinal, gateway, first, call, reply, event(tag)));
      }
    }

    private Event event(int tag) {
      Side side = (tag & SELL) == 0 ? Side.BUY : Side.SELL;
      boolean open = (tag & OPEN) != 0;
      return switch (tag & KIND_MASK) {
        case 0 -> new Looked((int) read(), read(), read());
        case 1 -> new Found(read(), (int) read(), side, read());
        case 2 -> new NotFound(read());
        case 3 -> new Refused(order(side), open);
        case 4 -> new Unanswered(order(side), open);
        default -> new Traded(order(side), read());
      };
    }

    private Order order(Side side) {
      return new Order((int) read(), (int) read(), (int) read(), side, read());
    }

    private long read() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = chunk[position++];
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value >>> 1 ^ -(value & 1);
        }
      }
    }
  }
}
