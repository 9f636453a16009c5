package org.stockbazaar.bench.chaos;

import java.util.SplittableRandom;
import org.stockbazaar.protocol.config.FailedException;

/** What happens to a system while the clients of a run trade. */
public interface Trouble {
  /**
   * Lets it happen and leaves a system that is ready; {@link FailedException} when it does not get
   * ready.
   *
   * @param witness is to see each fault
   * @param random where all chance comes from
   */
  void happen(Witness witness, SplittableRandom random);
}
