package org.stockbazaar.bench.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.frame.MessageType;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;

/** One TCP connection. */
final class Line {
  private static final long NOTICE_NANOS_MAX = 50 * World.MILLI;
  private static final long RETRY_NANOS_MAX = 200 * World.MILLI;
  private static final long LATE_NOTICE_NANOS_MAX = 3 * World.SECOND;
  private static final Bytes32 NONCE = new Bytes32(0, 0, 0, 0);

  final End client;
  final End server;
  private final Network network;
  private boolean torn;

  Line(Network network, Machine client, Machine server) {
    this.network = network;
    this.client = new End(client);
    this.server = new End(server);
    this.client.other = this.server;
    this.server.other = this.client;
  }

  /** Whose end of a line it is. */
  interface Owner {
    void received(long correlation, Message message);

    void readComplete();

    /** Once, after it was opened. */
    void closed();
  }

  private record Frame(long correlation, Message message) {}

  /** What arrives together. */
  private record Segment(long number, List<Frame> frames, Runnable signal, boolean last) {}

  boolean isOf(Role server) {
    return this.server.machine.role == server;
  }

  boolean isOver() {
    return client.isOver() && server.isOver();
  }

  void died(Machine machine, boolean silently) {
    if (client.machine == machine) {
      client.abandon(silently);
    } else if (server.machine == machine) {
      server.abandon(silently);
    }
  }

  void rebooted(Machine machine) {
    if (client.machine == machine) {
      client.rebooted();
    } else if (server.machine == machine) {
      server.rebooted();
    }
  }

  void healed(Machine from, Machine to) {
    if (client.machine == from && server.machine == to) {
      client.release();
    } else if (server.machine == from && client.machine == to) {
      server.release();
    }
  }

  /** It breaks: some of what is on its way is lost, and each end notices in its own time. */
  void tear() {
    if (torn) {
      return;
    }
    torn = true;
    client.tear();
    server.tear();
  }

  /** Whoever has not noticed yet that it broke does so now. */
  void noticeTear() {
    if (torn) {
      client.notice(0);
      server.notice(0);
    }
  }

  /** One end. */
  final class End implements Connection {
    final Machine machine;
    private final int life;
    private End other;
    private Owner owner;
    private final Message.Hello self;
    private List<Frame> buffer = new ArrayList<>();
    private final Deque<Segment> held = new ArrayDeque<>();
    private boolean open = true;
    private boolean closing;

    /** Its machine lost power; whoever is at the other end knows nothing of it. */
    private boolean silent;

    private long arrivesNanos;
    private long sent;
    private long received;
    private long receivable = Long.MAX_VALUE;
    private long appended;
    private long handedOver;

    private End(Machine machine) {
      this.machine = machine;
      life = machine.life();
      self =
          new Message.Hello(
              1, 1, 0, machine.role, machine.node, machine.incarnation(), NONCE, List.of());
    }

    void owner(Owner whose) {
      owner = whose;
    }

    private boolean isOver() {
      return !open && !silent && held.isEmpty();
    }

    // ---- as nodes see it -----------------------------------------------------------------------

    @Override
    public Message.Hello peer() {
      return other.self;
    }

    @Override
    public void send(long correlation, Message message) {
      if (isOpen()) {
        appended++;
        network.sent(machine, other.machine, message);
        buffer.add(new Frame(correlation, message));
      }
    }

    long appended() {
      return appended;
    }

    /** How many of them may have left. */
    long handedOver() {
      return handedOver;
    }

    @Override
    public void flush() {
      if (closing || buffer.isEmpty()) {
        return;
      }
      handedOver = appended;
      List<Frame> frames = buffer;
      buffer = new ArrayList<>();
      int cut = frames.size() > 1 && network.chance().nextInt(8) == 0 ? 1 : 0;
      if (cut > 0) {
        int at = network.chance().nextInt(1, frames.size());
        transmit(frames.subList(0, at), null, false);
        frames = frames.subList(at, frames.size());
      }
      transmit(frames, null, false);
    }

    @Override
    public void close() {
      if (!closing && open) {
        flush();
        closing = true;
        transmit(List.of(), null, true);
        machine.execute(this::end);
      }
    }

    @Override
    public boolean isOpen() {
      return open && !closing;
    }

    // ---- the kernel ----------------------------------------------------------------------------

    /** Sends a step of the handshake; {@code signal} runs on the other machine. */
    void signal(Runnable signal) {
      transmit(List.of(), signal, false);
    }

    private void transmit(List<Frame> frames, Runnable signal, boolean last) {
      var segment = new Segment(sent++, frames, signal, last);
      if (!held.isEmpty() || network.isCut(machine, other.machine)) {
        held.add(segment);
      } else {
        deliver(segment, machine.localNanos());
      }
    }

    private void deliver(Segment segment, long fromNanos) {
      arrivesNanos = Math.max(arrivesNanos, fromNanos + network.delayNanos(machine, other.machine));
      if (other.machine.life() == other.life) {
        network.world().at(arrivesNanos, other.machine, () -> other.arrived(segment));
      } else if (!segment.last && !other.silent) {
        // Nobody is there any more: the other kernel says so.
        network.world().at(arrivesNanos, () -> other.reset());
      }
    }

    private void reset() {
      transmit(List.of(), null, true);
    }

    private void release() {
      for (Segment segment = held.poll(); segment != null; segment = held.poll()) {
        deliver(segment, network.world().nowNanos());
      }
    }

    private void arrived(Segment segment) {
      if (!open || closing || segment.number >= receivable) {
        return;
      }
      received = segment.number + 1;
      if (segment.signal != null) {
        segment.signal.run();
      }
      for (Frame frame : segment.frames) {
        if (open && !closing) {
          network.world().trace(MessageType.of(frame.message).code() + 257 * frame.correlation);
          owner.received(frame.correlation, frame.message);
        }
      }
      if (segment.last) {
        end();
      } else if (open && !closing && owner != null && !segment.frames.isEmpty()) {
        owner.readComplete();
      }
    }

    /** This end is closed and says so to its owner, once. */
    private void end() {
      if (open) {
        open = false;
        closing = true;
        if (owner != null) {
          owner.closed();
        }
      }
    }

    /** The process is gone: the kernel sends what it has, and closes. */
    private void abandon(boolean silently) {
      if (open) {
        open = false;
        closing = true;
        silent = silently;
        if (!silently) {
          transmit(List.of(), null, true);
        }
      }
    }

    private void rebooted() {
      if (silent) {
        silent = false;
        long retried = network.world().nowNanos() + network.chance().nextLong(RETRY_NANOS_MAX);
        network.world().at(retried, this::reset);
      }
    }

    private void tear() {
      receivable = received + network.chance().nextLong(other.sent - received + 1);
      held.clear();
      boolean late = network.chance().nextInt(4) == 0;
      notice(network.chance().nextLong(late ? LATE_NOTICE_NANOS_MAX : NOTICE_NANOS_MAX));
    }

    private void notice(long nanos) {
      if (open) {
        network.world().at(network.world().nowNanos() + nanos, machine, this::end);
      }
    }
  }
}
