package org.stockbazaar.bench.load;

import java.util.List;
import org.stockbazaar.protocol.channel.Transport;

/** What is put under load. */
public sealed interface Target permits HttpTarget, FrameTarget {
  /**
   * Opens as many lanes; blocks until all are open. {@link
   * org.stockbazaar.protocol.config.FailedException} when they cannot be.
   *
   * @param choice decides what each lane asks for; of the transport's event loop, as the lanes are
   */
  List<Lane> open(int lanes, Choice choice, Lane.Run run, Transport transport);
}
