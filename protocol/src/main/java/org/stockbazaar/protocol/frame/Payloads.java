package org.stockbazaar.protocol.frame;

import static org.stockbazaar.protocol.frame.PayloadWriter.bytes32;
import static org.stockbazaar.protocol.frame.PayloadWriter.count32;
import static org.stockbazaar.protocol.frame.PayloadWriter.count64;
import static org.stockbazaar.protocol.frame.PayloadWriter.list;
import static org.stockbazaar.protocol.frame.PayloadWriter.name;
import static org.stockbazaar.protocol.frame.PayloadWriter.nameOrNone;
import static org.stockbazaar.protocol.frame.PayloadWriter.text;
import static org.stockbazaar.protocol.frame.PayloadWriter.u16;
import static org.stockbazaar.protocol.frame.PayloadWriter.u8;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

/**
 * Every message's fields, in the order of their record: for each one how it is written and, below
 * it, how it is read. protocol/README.md has the table.
 */
final class Payloads {
  private static final int LET_GO_BYTES = Integer.BYTES + 2 * Long.BYTES;

  /** The first field of HELLO: "BZR1". */
  static final int MAGIC = 0x425a5231;

  private static final int STOCK_BYTES_MIN = 2 + 5 * Long.BYTES;
  private static final int NAME_BYTES_MIN = 2;

  private Payloads() {}

  static void nothing(Message message, ByteBuf out) {}

  // ---- any channel

  static void hello(Message.Hello hello, ByteBuf out) {
    out.writeInt(MAGIC);
    u16(hello.versionMin(), out);
    u16(hello.versionMax(), out);
    out.writeLong(hello.cluster());
    u8(hello.role().code(), out);
    count32(hello.node(), out);
    count64(hello.incarnation(), out);
    bytes32(hello.nonce(), out);
    list(hello.members(), MessageCodec.REPLICAS_MAX, PayloadWriter::count32, out);
  }

  static Message.Hello hello(PayloadReader in) {
    int magic = in.i32();
    if (magic != MAGIC) {
      throw new MalformedException("HELLO begins with BZR1; " + Integer.toHexString(magic));
    }
    return new Message.Hello(
        in.u16(),
        in.u16(),
        in.i64(),
        Codes.role(in.u8()),
        in.count32(),
        in.count64(),
        in.bytes32(),
        replicas(in));
  }

  static void proof(Message.Proof proof, ByteBuf out) {
    bytes32(proof.hmac(), out);
  }

  static Message.Proof proof(PayloadReader in) {
    return new Message.Proof(in.bytes32());
  }

  static void failed(Message.Failed failed, ByteBuf out) {
    Invariant.check(failed.status() != Status.OK, "what failed is not OK", failed);
    u8(failed.reason().code(), out);
    count32(failed.leader(), out);
    text(failed.detail(), MessageCodec.DETAIL_BYTES_MAX, out);
  }

  static Message.Failed failed(PayloadReader in) {
    throw new MalformedException("FAILED has its status in the header");
  }

  static Message.Failed failed(Status status, PayloadReader in) {
    return new Message.Failed(
        status, Codes.reason(in.u8()), in.count32(), in.ascii(MessageCodec.DETAIL_BYTES_MAX));
  }

  // ---- gateway to order node

  static void pong(Message.Pong pong, ByteBuf out) {
    count32(pong.node(), out);
    count64(pong.incarnation(), out);
    out.writeBoolean(pong.voter());
    count64(pong.epoch(), out);
    count64(pong.lastEpoch(), out);
    count64(pong.lastIndex(), out);
    count64(pong.commitIndex(), out);
    count64(pong.nextNumber(), out);
    count32(pong.leader(), out);
    out.writeBoolean(pong.serving());
  }

  static Message.Pong pong(PayloadReader in) {
    return new Message.Pong(
        in.count32(),
        in.count64(),
        in.bool(),
        in.count64(),
        in.count64(),
        in.count64(),
        in.count64(),
        in.count64(),
        in.count32(),
        in.bool());
  }

  static void nominate(Message.Nominate nominate, ByteBuf out) {
    count64(nominate.epoch(), out);
    list(nominate.answered(), MessageCodec.REPLICAS_MAX, PayloadWriter::count32, out);
  }

  static Message.Nominate nominate(PayloadReader in) {
    return new Message.Nominate(in.count64(), replicas(in));
  }

  static void elected(Message.Elected elected, ByteBuf out) {
    count64(elected.epoch(), out);
  }

  static Message.Elected elected(PayloadReader in) {
    return new Message.Elected(in.count64());
  }

  static void announce(Message.Announce announce, ByteBuf out) {
    count32(announce.leader(), out);
    count64(announce.epoch(), out);
  }

  static Message.Announce announce(PayloadReader in) {
    return new Message.Announce(in.count32(), in.count64());
  }

  static void transfer(Message.Transfer transfer, ByteBuf out) {
    count32(transfer.to(), out);
  }

  static Message.Transfer transfer(PayloadReader in) {
    return new Message.Transfer(in.count32());
  }

  static void trade(Message.Trade trade, ByteBuf out) {
    count64(trade.epoch(), out);
    out.writeLong(trade.key().high()).writeLong(trade.key().low());
    u8(trade.side().code(), out);
    count64(trade.quantity(), out);
    name(trade.stock(), out);
    letGo(trade.letGo(), out);
  }

  static Message.Trade trade(PayloadReader in) {
    return new Message.Trade(
        in.count64(),
        new Key(in.i64(), in.i64()),
        Codes.side(in.u8()),
        in.count64(),
        in.name(),
        letGo(in));
  }

  private static void letGo(Message.LetGo letGo, ByteBuf out) {
    count32(letGo.gateway(), out);
    count64(letGo.incarnation(), out);
    count64(letGo.lookup(), out);
  }

  private static Message.LetGo letGo(PayloadReader in) {
    return new Message.LetGo(in.count32(), in.count64(), in.count64());
  }

  static void traded(Message.Traded traded, ByteBuf out) {
    count64(traded.number(), out);
  }

  static Message.Traded traded(PayloadReader in) {
    return new Message.Traded(in.count64());
  }

  static void findOrder(Message.FindOrder find, ByteBuf out) {
    count64(find.number(), out);
  }

  static Message.FindOrder findOrder(PayloadReader in) {
    return new Message.FindOrder(in.count64());
  }

  static void order(Message.Order order, ByteBuf out) {
    count64(order.number(), out);
    u8(order.side().code(), out);
    count64(order.quantity(), out);
    name(order.stock(), out);
  }

  static Message.Order order(PayloadReader in) {
    return new Message.Order(in.count64(), Codes.side(in.u8()), in.count64(), in.name());
  }

  static void wasReset(Message.WasReset reset, ByteBuf out) {
    count64(reset.index(), out);
  }

  static Message.WasReset wasReset(PayloadReader in) {
    return new Message.WasReset(in.count64());
  }

  // ---- order node to order node

  static void requestVote(Message.RequestVote request, ByteBuf out) {
    count64(request.epoch(), out);
    out.writeBoolean(request.preVote());
    out.writeBoolean(request.handOver());
    count32(request.candidate(), out);
    count64(request.lastEpoch(), out);
    count64(request.lastIndex(), out);
  }

  static Message.RequestVote requestVote(PayloadReader in) {
    return new Message.RequestVote(
        in.count64(), in.bool(), in.bool(), in.count32(), in.count64(), in.count64());
  }

  static void vote(Message.Vote vote, ByteBuf out) {
    count64(vote.epoch(), out);
    out.writeBoolean(vote.preVote());
    out.writeBoolean(vote.granted());
    u8(vote.reason().code(), out);
  }

  static Message.Vote vote(PayloadReader in) {
    return new Message.Vote(in.count64(), in.bool(), in.bool(), Codes.reason(in.u8()));
  }

  static void append(Message.Append append, ByteBuf out) {
    count64(append.epoch(), out);
    count32(append.leader(), out);
    count64(append.round(), out);
    count64(append.previousIndex(), out);
    count64(append.previousEpoch(), out);
    out.writeInt(append.previousChecksum());
    count64(append.commitIndex(), out);
    count64(append.releasedIndex(), out);
    list(append.entries(), MessageCodec.ENTRIES_MAX, EntryCodec::encode, out);
  }

  static Message.Append append(PayloadReader in) {
    return new Message.Append(
        in.count64(),
        in.count32(),
        in.count64(),
        in.count64(),
        in.count64(),
        in.i32(),
        in.count64(),
        in.count64(),
        entries(in));
  }

  static void appended(Message.Appended appended, ByteBuf out) {
    count64(appended.epoch(), out);
    count64(appended.round(), out);
    out.writeBoolean(appended.success());
    count64(appended.index(), out);
    out.writeBoolean(appended.voter());
  }

  static Message.Appended appended(PayloadReader in) {
    return new Message.Appended(in.count64(), in.count64(), in.bool(), in.count64(), in.bool());
  }

  static void epochIs(Message.EpochIs epochIs, ByteBuf out) {
    count64(epochIs.epoch(), out);
    out.writeBoolean(epochIs.voter());
    out.writeBoolean(epochIs.blank());
  }

  static Message.EpochIs epochIs(PayloadReader in) {
    return new Message.EpochIs(in.count64(), in.bool(), in.bool());
  }

  static void handOver(Message.HandOver handOver, ByteBuf out) {
    count64(handOver.epoch(), out);
  }

  static Message.HandOver handOver(PayloadReader in) {
    return new Message.HandOver(in.count64());
  }

  // ---- order node to catalog node

  static void apply(Message.Apply apply, ByteBuf out) {
    count64(apply.epoch(), out);
    count32(apply.leader(), out);
    out.writeBoolean(apply.confirmed());
    count64(apply.previousIndex(), out);
    out.writeInt(apply.previousChecksum());
    count64(apply.commitIndex(), out);
    list(apply.entries(), MessageCodec.ENTRIES_MAX, EntryCodec::encode, out);
  }

  static Message.Apply apply(PayloadReader in) {
    return new Message.Apply(
        in.count64(), in.count32(), in.bool(), in.count64(), in.i32(), in.count64(), entries(in));
  }

  static void applied(Message.Applied applied, ByteBuf out) {
    count64(applied.index(), out);
    out.writeInt(applied.checksum());
    out.writeBoolean(applied.ready());
    list(applied.unreleased(), MessageCodec.INDEXES_MAX, PayloadWriter::count64, out);
  }

  static Message.Applied applied(PayloadReader in) {
    return new Message.Applied(in.count64(), in.i32(), in.bool(), indexes(in));
  }

  static void foreign(Message.Foreign foreign, ByteBuf out) {
    count64(foreign.epoch(), out);
    count64(foreign.index(), out);
    out.writeInt(foreign.checksum());
  }

  static Message.Foreign foreign(PayloadReader in) {
    return new Message.Foreign(in.count64(), in.count64(), in.i32());
  }

  static void propose(Message.Propose propose, ByteBuf out) {
    count64(propose.appliedIndex(), out);
    list(propose.stocks(), MessageCodec.STOCKS_MAX, Payloads::stock, out);
  }

  static Message.Propose propose(PayloadReader in) {
    return new Message.Propose(in.count64(), stocks(MessageCodec.STOCKS_MAX, in));
  }

  static void hydrate(Message.Hydrate hydrate, ByteBuf out) {
    name(hydrate.stock(), out);
    count64(hydrate.minimumIndex(), out);
  }

  static Message.Hydrate hydrate(PayloadReader in) {
    return new Message.Hydrate(in.name(), in.count64());
  }

  static void prepare(Message.Prepare prepare, ByteBuf out) {
    count64(prepare.epoch(), out);
    count64(prepare.firstIndex(), out);
    int stocks = prepare.stocks().size();
    Invariant.check(prepare.letGo().size() == stocks, "as many let go as stocks", stocks);
    list(prepare.stocks(), MessageCodec.NAMES_MAX, PayloadWriter::name, out);
    prepare.letGo().forEach(letGo -> letGo(letGo, out));
  }

  static Message.Prepare prepare(PayloadReader in) {
    long epoch = in.count64();
    long firstIndex = in.count64();
    List<String> stocks = names(in);
    in.need(stocks.size() * LET_GO_BYTES);
    var letGo = new ArrayList<Message.LetGo>(stocks.size());
    for (int i = 0; i < stocks.size(); i++) {
      letGo.add(letGo(in));
    }
    return new Message.Prepare(epoch, firstIndex, stocks, letGo);
  }

  static void prepared(Message.Prepared prepared, ByteBuf out) {
    count64(prepared.epoch(), out);
    count64(prepared.index(), out);
    list(prepared.unreleased(), MessageCodec.INDEXES_MAX, PayloadWriter::count64, out);
  }

  static Message.Prepared prepared(PayloadReader in) {
    return new Message.Prepared(in.count64(), in.count64(), indexes(in));
  }

  static void withdraw(Message.Withdraw withdraw, ByteBuf out) {
    count64(withdraw.epoch(), out);
    count64(withdraw.index(), out);
  }

  static Message.Withdraw withdraw(PayloadReader in) {
    return new Message.Withdraw(in.count64(), in.count64());
  }

  // ---- gateway to catalog node

  static void lookup(Message.Lookup lookup, ByteBuf out) {
    name(lookup.stock(), out);
    count64(lookup.hold(), out);
  }

  static Message.Lookup lookup(PayloadReader in) {
    return new Message.Lookup(in.name(), in.count64());
  }

  static void found(Message.Found found, ByteBuf out) {
    stock(found.stock(), out);
  }

  static Message.Found found(PayloadReader in) {
    return new Message.Found(stock(in));
  }

  static void browse(Message.Browse browse, ByteBuf out) {
    nameOrNone(browse.after(), out);
    count32(browse.limit(), out);
  }

  static Message.Browse browse(PayloadReader in) {
    return new Message.Browse(in.nameOrNone(), in.count32());
  }

  static void page(Message.Page page, ByteBuf out) {
    list(page.stocks(), MessageCodec.PAGE_STOCKS_MAX, Payloads::stock, out);
    out.writeBoolean(page.more());
  }

  static Message.Page page(PayloadReader in) {
    return new Message.Page(stocks(MessageCodec.PAGE_STOCKS_MAX, in), in.bool());
  }

  static void drop(Message.Drop drop, ByteBuf out) {
    list(drop.stocks(), MessageCodec.NAMES_MAX, PayloadWriter::name, out);
  }

  static Message.Drop drop(PayloadReader in) {
    return new Message.Drop(names(in));
  }

  // ---- tools to catalog node

  static void digested(Message.Digested digested, ByteBuf out) {
    count64(digested.index(), out);
    out.writeInt(digested.checksum());
    count64(digested.stocks(), out);
    out.writeLong(digested.digest());
  }

  static Message.Digested digested(PayloadReader in) {
    return new Message.Digested(in.count64(), in.i32(), in.count64(), in.i64());
  }

  static void listStocks(Message.ListStocks listStocks, ByteBuf out) {
    list(listStocks.stocks(), MessageCodec.STOCKS_MAX, Payloads::stock, out);
  }

  static Message.ListStocks listStocks(PayloadReader in) {
    return new Message.ListStocks(stocks(MessageCodec.STOCKS_MAX, in));
  }

  static void listed(Message.Listed listed, ByteBuf out) {
    count32(listed.added(), out);
    count32(listed.known(), out);
  }

  static Message.Listed listed(PayloadReader in) {
    return new Message.Listed(in.count32(), in.count32());
  }

  // ---- parts

  private static void stock(Stock stock, ByteBuf out) {
    name(stock.name(), out);
    count64(stock.priceCents(), out);
    count64(stock.quantity(), out);
    count64(stock.volume(), out);
    count64(stock.volumeMax(), out);
    count64(stock.lastIndex(), out);
  }

  private static Stock stock(PayloadReader in) {
    return new Stock(
        in.name(), in.count64(), in.count64(), in.count64(), in.count64(), in.count64());
  }

  private static List<Stock> stocks(int max, PayloadReader in) {
    return in.list(max, STOCK_BYTES_MIN, Payloads::stock);
  }

  private static List<String> names(PayloadReader in) {
    return in.list(MessageCodec.NAMES_MAX, NAME_BYTES_MIN, PayloadReader::name);
  }

  private static List<Long> indexes(PayloadReader in) {
    return in.list(MessageCodec.INDEXES_MAX, Long.BYTES, PayloadReader::count64);
  }

  private static List<Entry> entries(PayloadReader in) {
    return in.list(MessageCodec.ENTRIES_MAX, EntryCodec.BYTES, Payloads::entry);
  }

  private static Entry entry(PayloadReader in) {
    in.need(EntryCodec.BYTES);
    return EntryCodec.decode(in.rest());
  }

  private static List<Integer> replicas(PayloadReader in) {
    return in.list(MessageCodec.REPLICAS_MAX, Integer.BYTES, PayloadReader::count32);
  }
}
