package org.stockbazaar.protocol.frame;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Message;

/** A sink that remembers. */
final class Received implements FrameDecoder.Sink {
  final List<Golden.Frame> frames = new ArrayList<>();
  MalformedException malformed;

  @Override
  public void received(long correlation, Message message) {
    frames.add(new Golden.Frame(correlation, message));
  }

  @Override
  public void malformed(MalformedException reason) {
    malformed = reason;
  }
}
