package org.stockbazaar.protocol.channel;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicReference;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.frame.FrameDecoder;
import org.stockbazaar.protocol.frame.MessageCodec;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;

/** A client on a blocking socket that can misbehave. */
final class RawPeer implements Closeable {
  private final Socket socket = new Socket();
  private final DataInputStream in;

  RawPeer(HostPort address) throws IOException {
    socket.setSoTimeout(60_000);
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(address.host(), address.port()));
    in = new DataInputStream(socket.getInputStream());
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(long correlation, Message message) throws IOException {
    var out = Unpooled.buffer();
    MessageCodec.encode(correlation, message, out);
    send(ByteBufUtil.getBytes(out));
  }

  Message receive() throws IOException {
    int length = in.readInt();
    byte[] rest = new byte[length];
    in.readFully(rest);
    var received = new AtomicReference<Message>();
    var decoder =
        new FrameDecoder(
            new FrameDecoder.Sink() {
              @Override
              public void received(long correlation, Message message) {
                received.set(message);
              }

              @Override
              public void malformed(MalformedException reason) {
                throw reason;
              }
            });
    decoder.authenticated();
    new EmbeddedChannel(decoder).writeInbound(Unpooled.buffer().writeInt(length).writeBytes(rest));
    return received.get();
  }

  /** As a gateway that knows the secret. */
  void authenticate() throws Exception {
    var handshake =
        Handshake.client(Rig.GATEWAY, new Handshake.Expected(Role.CATALOG, 1), Link.nonce());
    send(0, handshake.hello());
    send(0, handshake.received(receive()));
    handshake.received(receive());
  }

  /** Waits until the other side closes. */
  void awaitClose() throws IOException {
    try {
      while (in.read() >= 0) {
        // What was on its way.
      }
    } catch (SocketException e) {
      // Closed with something unread is closed, too.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
