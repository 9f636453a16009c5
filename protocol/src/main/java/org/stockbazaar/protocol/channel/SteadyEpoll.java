package org.stockbazaar.protocol.channel;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll handler, with two differences.
 *
 * <p>Its sockets stay in the epoll set while they wait for no event. Netty 4.2.18 takes such a
 * socket out and then cannot change it any more: a reply that is too large for the socket is lost
 * when its client has closed its own side. Here it waits for "an edge of nothing" instead, which
 * wakes nobody.
 *
 * <p>A peer that closes its side is no event of its own; it is seen where the input ends. Netty
 * answers that event by reading all that the socket still holds, though nobody asks for it.
 */
final class SteadyEpoll implements IoHandler {
  private final IoHandler epoll;

  private SteadyEpoll(IoHandler epoll) {
    this.epoll = epoll;
  }

  static IoHandlerFactory newFactory() {
    IoHandlerFactory factory = EpollIoHandler.newFactory();
    return executor -> new SteadyEpoll(factory.newHandler(executor));
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Steady(epoll.register(handle));
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return epoll.isCompatible(handleType);
  }

  /** One socket's registration. Before its first event it is not in the set, and need not be. */
  private static final class Steady implements IoRegistration {
    private final IoRegistration registration;
    private boolean added;

    Steady(IoRegistration registration) {
      this.registration = registration;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature.
    public <T> T attachment() {
      return registration.attachment();
    }

    @Override
    public long submit(IoOps ops) {
      EpollIoOps wanted = ((EpollIoOps) ops).without(EpollIoOps.EPOLLRDHUP);
      boolean nothing = EpollIoOps.NONE.equals(wanted);
      added |= !nothing;
      return registration.submit(nothing && added ? EpollIoOps.EPOLLET : wanted);
    }

    @Override
    public boolean isValid() {
      return registration.isValid();
    }

    @Override
    public boolean cancel() {
      return registration.cancel();
    }
  }
}
