package org.stockbazaar.protocol.frame;

import io.netty.buffer.ByteBuf;
import java.util.IdentityHashMap;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Message;

/**
 * Every message's code in frames, and how its payload is read and written. Codes are never reused.
 */
// Its functions keep no state, which the checker cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum MessageType {
  HELLO(1, false, Message.Hello.class, Payloads::hello, Payloads::hello),
  PROOF(2, false, Message.Proof.class, Payloads::proof, Payloads::proof),
  FAILED(3, true, Message.Failed.class, Payloads::failed, Payloads::failed),

  PING(16, false, Message.Ping.class, Payloads::nothing, in -> new Message.Ping()),
  PONG(17, true, Message.Pong.class, Payloads::pong, Payloads::pong),
  NOMINATE(18, false, Message.Nominate.class, Payloads::nominate, Payloads::nominate),
  ELECTED(19, true, Message.Elected.class, Payloads::elected, Payloads::elected),
  ANNOUNCE(20, false, Message.Announce.class, Payloads::announce, Payloads::announce),
  TRANSFER(21, false, Message.Transfer.class, Payloads::transfer, Payloads::transfer),
  TRADE(22, false, Message.Trade.class, Payloads::trade, Payloads::trade),
  TRADED(23, true, Message.Traded.class, Payloads::traded, Payloads::traded),
  FIND_ORDER(24, false, Message.FindOrder.class, Payloads::findOrder, Payloads::findOrder),
  ORDER(25, true, Message.Order.class, Payloads::order, Payloads::order),
  RESET(26, false, Message.Reset.class, Payloads::nothing, in -> new Message.Reset()),
  WAS_RESET(27, true, Message.WasReset.class, Payloads::wasReset, Payloads::wasReset),

  REQUEST_VOTE(32, false, Message.RequestVote.class, Payloads::requestVote, Payloads::requestVote),
  VOTE(33, false, Message.Vote.class, Payloads::vote, Payloads::vote),
  APPEND(34, false, Message.Append.class, Payloads::append, Payloads::append),
  APPENDED(35, false, Message.Appended.class, Payloads::appended, Payloads::appended),
  HAND_OVER(36, false, Message.HandOver.class, Payloads::handOver, Payloads::handOver),
  ASK_EPOCH(37, false, Message.AskEpoch.class, Payloads::nothing, in -> new Message.AskEpoch()),
  EPOCH_IS(38, false, Message.EpochIs.class, Payloads::epochIs, Payloads::epochIs),

  APPLY(48, false, Message.Apply.class, Payloads::apply, Payloads::apply),
  APPLIED(49, false, Message.Applied.class, Payloads::applied, Payloads::applied),
  FOREIGN(50, false, Message.Foreign.class, Payloads::foreign, Payloads::foreign),
  PROPOSE(51, false, Message.Propose.class, Payloads::propose, Payloads::propose),
  HYDRATE(52, false, Message.Hydrate.class, Payloads::hydrate, Payloads::hydrate),
  PREPARE(53, false, Message.Prepare.class, Payloads::prepare, Payloads::prepare),
  PREPARED(54, false, Message.Prepared.class, Payloads::prepared, Payloads::prepared),
  WITHDRAW(55, false, Message.Withdraw.class, Payloads::withdraw, Payloads::withdraw),

  RENEW(64, false, Message.Renew.class, Payloads::nothing, in -> new Message.Renew()),
  RENEWED(65, true, Message.Renewed.class, Payloads::nothing, in -> new Message.Renewed()),
  LEAVE(66, false, Message.Leave.class, Payloads::nothing, in -> new Message.Leave()),
  LEFT(67, true, Message.Left.class, Payloads::nothing, in -> new Message.Left()),
  LOOKUP(68, false, Message.Lookup.class, Payloads::lookup, Payloads::lookup),
  FOUND(69, true, Message.Found.class, Payloads::found, Payloads::found),
  BROWSE(70, false, Message.Browse.class, Payloads::browse, Payloads::browse),
  PAGE(71, true, Message.Page.class, Payloads::page, Payloads::page),
  DROP(72, false, Message.Drop.class, Payloads::drop, Payloads::drop),
  DROPPED(73, true, Message.Dropped.class, Payloads::nothing, in -> new Message.Dropped()),

  DIGEST(80, false, Message.Digest.class, Payloads::nothing, in -> new Message.Digest()),
  DIGESTED(81, true, Message.Digested.class, Payloads::digested, Payloads::digested),
  LIST_STOCKS(82, false, Message.ListStocks.class, Payloads::listStocks, Payloads::listStocks),
  LISTED(83, true, Message.Listed.class, Payloads::listed, Payloads::listed);

  private static final MessageType[] BY_CODE = new MessageType[256];
  private static final IdentityHashMap<Class<? extends Message>, MessageType> BY_CLASS =
      new IdentityHashMap<>();

  static {
    for (MessageType type : values()) {
      Invariant.check(BY_CODE[type.code] == null, "a code has one type", type);
      BY_CODE[type.code] = type;
      BY_CLASS.put(type.message, type);
    }
  }

  private final int code;
  private final boolean reply;
  private final Class<? extends Message> message;
  private final Writer<Message> writer;
  private final Reader reader;

  /** Appends a message's payload. */
  interface Writer<M extends Message> {
    void write(M message, ByteBuf out);
  }

  /** Takes a message's payload. */
  interface Reader {
    Message read(PayloadReader in);
  }

  <M extends Message> MessageType(
      int code, boolean reply, Class<M> message, Writer<M> writer, Reader reader) {
    this.code = code;
    this.reply = reply;
    this.message = message;
    this.writer = (any, out) -> writer.write(message.cast(any), out);
    this.reader = reader;
  }

  /** The type of a message. */
  public static MessageType of(Message message) {
    MessageType type = BY_CLASS.get(message.getClass());
    Invariant.check(type != null, "every message has a type", message);
    return type;
  }

  static MessageType of(int code) {
    MessageType type = BY_CODE[code];
    if (type == null) {
      throw new MalformedException("no message has type " + code);
    }
    return type;
  }

  /** The byte in the frame's header. */
  public int code() {
    return code;
  }

  /**
   * Whether this type answers a request: the side that asked takes it under the correlation that it
   * gave. Other types with a correlation are the other side's requests.
   */
  public boolean isReply() {
    return reply;
  }

  void write(Message of, ByteBuf out) {
    writer.write(of, out);
  }

  Message read(PayloadReader in) {
    return reader.read(in);
  }
}
