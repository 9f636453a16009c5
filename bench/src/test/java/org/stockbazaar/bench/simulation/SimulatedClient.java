package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.frame.MessageType;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;

/**
 * A client over a simulated line: what {@code FrameClient} does over a socket, with the same order
 * of events, the same backoff and the same grain of deadlines.
 */
final class SimulatedClient implements Client {
  private static final long CONNECT_NANOS_MAX = World.SECOND;
  private static final long BACKOFF_NANOS_MIN = 10 * World.MILLI;
  private static final long BACKOFF_NANOS_MAX = 200 * World.MILLI;
  private static final long STEADY_NANOS = World.SECOND;
  private static final long DEADLINE_GRAIN_NANOS = 5 * World.MILLI;

  private final Machine machine;
  private final Role role;
  private final int node;
  private final Listener listener;
  private final Map<Long, Call> inFlight = new LinkedHashMap<>();
  private boolean started;
  private boolean waiting;
  private Line line;
  private Line.End connection;
  private long correlationLast;
  private long openedNanos;
  private long backoffNanos = BACKOFF_NANOS_MIN;
  private boolean timerRuns;
  private long timerNanos;

  private record Call(ReplyHandler handler, long deadlineNanos, long sequence) {}

  SimulatedClient(Machine machine, Role role, int node, Listener listener) {
    this.machine = machine;
    this.role = role;
    this.node = node;
    this.listener = listener;
  }

  // ---- as nodes see it -------------------------------------------------------------------------

  @Override
  public void start() {
    machine.execute(
        () -> {
          if (!started) {
            started = true;
            connect();
          }
        });
  }

  @Override
  public void close() {
    started = false;
    if (connection != null) {
      connection.close();
    } else if (line != null) {
      line.client.close();
    }
  }

  @Override
  public boolean isOpen() {
    return connection != null && connection.isOpen();
  }

  @Override
  public Connection connection() {
    return isOpen() ? connection : null;
  }

  @Override
  public void call(Message request, long timeoutNanos, ReplyHandler handler) {
    if (!isOpen()) {
      handler.lost(false);
      return;
    }
    long now = machine.clockNanos();
    long correlation = ++correlationLast;
    connection.send(correlation, request);
    inFlight.put(correlation, new Call(handler, now + timeoutNanos, connection.appended()));
    checkDeadlinesIn(timeoutNanos, now);
  }

  @Override
  public boolean tell(Message oneWay) {
    if (!isOpen()) {
      return false;
    }
    connection.send(0, oneWay);
    return true;
  }

  @Override
  public void flush() {
    if (connection != null) {
      connection.flush();
    }
  }

  // ---- connecting ------------------------------------------------------------------------------

  private void connect() {
    Network network = machine.network;
    Machine server = network.find(role, node);
    long now = machine.localNanos();
    if (network.isCut(machine, server) || network.isCut(server, machine)) {
      after(CONNECT_NANOS_MAX, this::reconnect);
      return;
    }
    long there = now + network.delayNanos();
    int life = machine.life();
    machine.world.at(
        there,
        () -> {
          if (machine.life() == life) {
            arrive(server);
          }
        });
  }

  private void arrive(Machine server) {
    Network network = machine.network;
    if (!server.isUp()) {
      machine.world.at(machine.world.nowNanos() + network.delayNanos(), machine, this::reconnect);
      return;
    }
    Line made = network.line(machine, server);
    line = made;
    boolean serverFirst = network.chance().nextBoolean();
    made.client.owner(new Side(made));
    made.client.signal(() -> welcome(made, serverFirst));
    machine.world.at(
        machine.world.nowNanos() + CONNECT_NANOS_MAX,
        machine,
        () -> {
          if (line == made && connection == null) {
            made.client.close();
          }
        });
  }

  /** On the server: it has our HELLO. */
  private static void welcome(Line made, boolean serverFirst, SimulatedClient client) {
    if (serverFirst) {
      accept(made);
    }
    made.server.signal(
        () -> {
          if (!serverFirst) {
            made.client.signal(() -> accept(made));
          }
          client.opened(made);
        });
  }

  private void welcome(Line made, boolean serverFirst) {
    welcome(made, serverFirst, this);
  }

  private static void accept(Line made) {
    Session session = made.server.machine.accept(made.server);
    if (session == null) {
      made.server.close();
    } else {
      made.server.owner(new Served(session));
    }
  }

  private void opened(Line made) {
    if (line != made || !started) {
      made.client.close();
      return;
    }
    connection = made.client;
    openedNanos = machine.clockNanos();
    listener.opened(connection.peer());
  }

  private void reconnect() {
    line = null;
    if (!started || waiting) {
      return;
    }
    waiting = true;
    long waitNanos = machine.chance.nextLong(backoffNanos / 2, backoffNanos + 1);
    backoffNanos = Math.min(2 * backoffNanos, BACKOFF_NANOS_MAX);
    after(
        waitNanos,
        () -> {
          waiting = false;
          if (started) {
            connect();
          }
        });
  }

  private void after(long nanos, Runnable action) {
    machine.loop().schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  // ---- deadlines -------------------------------------------------------------------------------

  private void checkDeadlinesIn(long nanos, long nowNanos) {
    long at = nowNanos + nanos + DEADLINE_GRAIN_NANOS;
    if (timerRuns && timerNanos - at <= DEADLINE_GRAIN_NANOS) {
      return;
    }
    timerRuns = true;
    timerNanos = at;
    after(at - nowNanos, () -> checkDeadlines(at));
  }

  private void checkDeadlines(long at) {
    if (timerNanos != at) {
      return;
    }
    timerRuns = false;
    long now = machine.clockNanos();
    List<Call> expired = new ArrayList<>();
    Iterator<Call> calls = inFlight.values().iterator();
    while (calls.hasNext()) {
      Call call = calls.next();
      if (call.deadlineNanos - now <= 0) {
        calls.remove();
        expired.add(call);
      }
    }
    expired.forEach(call -> call.handler.lost(true));
    if (!inFlight.isEmpty()) {
      long first = Long.MAX_VALUE;
      for (Call call : inFlight.values()) {
        first = Math.min(first, Math.max(0, call.deadlineNanos - now));
      }
      checkDeadlinesIn(first, now);
    }
  }

  /** Our end of one line, from its connecting to its end. */
  private final class Side implements Line.Owner {
    private final Line ours;

    Side(Line ours) {
      this.ours = ours;
    }

    @Override
    public void received(long correlation, Message message) {
      if (connection != ours.client) {
        return;
      }
      if (correlation == 0 || !MessageType.of(message).isReply()) {
        listener.received(correlation, message);
        return;
      }
      Call call = inFlight.remove(correlation);
      if (call != null) {
        call.handler.replied(message);
      }
    }

    @Override
    public void readComplete() {
      if (connection == ours.client) {
        listener.readComplete();
      }
    }

    @Override
    public void closed() {
      if (line != ours) {
        return;
      }
      if (connection == null) {
        reconnect();
        return;
      }
      long handedOver = connection.handedOver();
      connection = null;
      if (machine.clockNanos() - openedNanos >= STEADY_NANOS) {
        backoffNanos = BACKOFF_NANOS_MIN;
      }
      var lost = List.copyOf(inFlight.values());
      inFlight.clear();
      reconnect();
      listener.closed();
      for (Call call : lost) {
        call.handler.lost(call.sequence <= handedOver);
      }
    }
  }

  /** The server's end. */
  private record Served(Session session) implements Line.Owner {
    @Override
    public void received(long correlation, Message message) {
      session.received(correlation, message);
    }

    @Override
    public void readComplete() {
      session.readComplete();
    }

    @Override
    public void closed() {
      session.closed();
    }
  }
}
