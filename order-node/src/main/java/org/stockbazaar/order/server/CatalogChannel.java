package org.stockbazaar.order.server;

import java.util.concurrent.TimeUnit;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.Clients;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Hydrate;
import org.stockbazaar.protocol.message.Role;

/** The channel to the catalog node: Apply and Hydrate go out on it, Applied and Propose come in. */
final class CatalogChannel implements Client.Listener {
  private static final long HYDRATE_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

  private final Driver driver;
  private final Client client;

  CatalogChannel(Clients clients, HostPort address, Driver driver) {
    this.driver = driver;
    client = clients.to(Role.CATALOG, Identity.CATALOG_NODE, address, this);
  }

  void start() {
    client.start();
  }

  void close() {
    client.close();
  }

  boolean isOpen() {
    return client.isOpen();
  }

  /** Sends a one-way message; when the channel is stuck it is closed, so that nothing is missed. */
  void send(Message message) {
    Connection connection = client.connection();
    if (!client.tell(message) && connection != null) {
      connection.close();
    }
  }

  void hydrate(String stock, long minimumIndex) {
    client.call(
        new Hydrate(stock, minimumIndex),
        HYDRATE_NANOS_MAX,
        new ReplyHandler() {
          @Override
          public void replied(Message reply) {
            driver.hydrated(stock, minimumIndex, reply);
          }

          @Override
          public void lost(boolean sent) {
            driver.hydrated(stock, minimumIndex, null);
          }
        });
  }

  void flush() {
    client.flush();
  }

  @Override
  public void opened(Message.Hello hello) {
    driver.catalogOpened();
  }

  @Override
  public void received(long correlation, Message message) {
    Connection connection = client.connection();
    if (!driver.catalog(message) && connection != null) {
      connection.close();
    }
  }

  @Override
  public void readComplete() {}

  @Override
  public void closed() {
    driver.catalogClosed();
  }
}
