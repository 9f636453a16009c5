package org.stockbazaar.gateway.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults of this program: the client gets an id, the log gets the id and the cause. Belongs to the
 * event loop.
 */
public final class Incident {
  private static final Logger LOG = LoggerFactory.getLogger(Incident.class);

  private final String prefix;
  private long count;

  /**
   * @param start makes ids differ between gateways and starts
   */
  public Incident(GatewayStart start) {
    prefix = start.gateway() + "-" + start.incarnation();
  }

  /** Logs the fault under a new id and returns that. */
  String report(String what, Throwable cause) {
    count++;
    String id = prefix + "-" + count;
    LOG.error("incident {}: {}", id, what, cause);
    return id;
  }
}
