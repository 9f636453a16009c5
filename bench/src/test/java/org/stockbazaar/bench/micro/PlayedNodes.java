package org.stockbazaar.bench.micro;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.List;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.Clients;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Page;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Message.Renewed;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Role;

/**
 * The nodes behind a gateway, played: what was asked is answered at the flush. Order node {@value
 * #LEADER} leads.
 */
record PlayedNodes(EventLoop loop) implements Clients {
  private static final int LEADER = 3;

  @Override
  public Client to(Role role, int node, HostPort peer, Client.Listener listener) {
    return new Played(node, listener);
  }

  private static final class Played implements Client {
    private final int node;
    private final Listener listener;
    private final ArrayDeque<Message> requests = new ArrayDeque<>();
    private final ArrayDeque<ReplyHandler> handlers = new ArrayDeque<>();
    private boolean open;
    private long trades;

    Played(int node, Listener listener) {
      this.node = node;
      this.listener = listener;
    }

    @Override
    public void start() {
      open = true;
      listener.opened(null);
    }

    @Override
    public void close() {
      open = false;
      listener.closed();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public Connection connection() {
      return null;
    }

    @Override
    public void call(Message request, long timeoutNanos, ReplyHandler handler) {
      requests.add(request);
      handlers.add(handler);
    }

    @Override
    public boolean tell(Message oneWay) {
      return true;
    }

    @Override
    public void flush() {
      while (!requests.isEmpty()) {
        handlers.poll().replied(answer(requests.poll()));
      }
    }

    private Message answer(Message request) {
      if (request instanceof Message.Trade) {
        return new Traded(++trades);
      } else if (request instanceof Message.Lookup lookup) {
        return new Found(Samples.stock(lookup.stock()));
      } else if (request instanceof Message.Browse) {
        return new Page(List.of(Samples.stock("GameStart")), false);
      } else if (request instanceof Message.Renew) {
        return new Renewed();
      }
      return new Pong(node, 1, true, Samples.EPOCH, Samples.EPOCH, 1, 1, 0, LEADER, node == LEADER);
    }
  }
}
