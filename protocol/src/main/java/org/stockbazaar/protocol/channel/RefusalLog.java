package org.stockbazaar.protocol.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of refused peers, at most once in 10 s for each, however often they come back. */
final class RefusalLog {
  static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int PEERS_MAX = 256;
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

  private final Map<String, Long> warnedNanos =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > PEERS_MAX;
        }
      };

  void warn(String peer, String reason) {
    if (mayWarn(peer, System.nanoTime())) {
      LOG.warn("no channel with {}: {}", peer, reason);
    } else {
      LOG.debug("no channel with {}: {}", peer, reason);
    }
  }

  boolean mayWarn(String peer, long nowNanos) {
    Long last = warnedNanos.get(peer);
    if (last != null && nowNanos - last < SILENCE_NANOS) {
      return false;
    }
    warnedNanos.remove(peer);
    warnedNanos.put(peer, nowNanos);
    return true;
  }
}
