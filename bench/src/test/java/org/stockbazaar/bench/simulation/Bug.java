package org.stockbazaar.bench.simulation;

import java.util.List;
import org.stockbazaar.bench.simulation.Swarm.Theme;

/**
 * A rule that is broken on purpose, to see that a simulation finds it: a change of one source file.
 */
enum Bug {
  /** A follower says that it has entries before they are on its disk. */
  ACKNOWLEDGES_BEFORE_SYNC(
      Theme.OUTAGES,
      12,
      "order-node/src/main/java/org/stockbazaar/order/driver/Driver.java",
      new Edit(
          "afterSync.add(() -> network.toPeer(to, message));", "network.toPeer(to, message);")),

  VOTES_TWICE(
      Theme.ELECTIONS,
      "order-node/src/main/java/org/stockbazaar/order/replication/Voting.java",
      new Edit("return free ? Reason.NONE : Reason.NO_MAJORITY;", "return Reason.NONE;")),

  FORGETS_ITS_VOTE_AT_RESTART(
      Theme.ELECTIONS,
      "order-node/src/main/java/org/stockbazaar/order/log/VoteFile.java",
      new Edit(
          "encode(next)",
          "encode(new Slot(next.sequence(), next.cluster(), epoch, 0, next.members()))")),

  NO_PREFIX_CHECK(
      Theme.ELECTIONS,
      "order-node/src/main/java/org/stockbazaar/order/replication/Following.java",
      new Edit(
          """
              if (log.epochAt(previous) != append.previousEpoch()
                  || log.checksumAt(previous) != append.previousChecksum()) {
          """,
          "if (false) {")),

  COMMITS_AN_OLD_EPOCHS_ENTRY(
      Theme.ELECTIONS,
      "order-node/src/main/java/org/stockbazaar/order/replication/Leadership.java",
      new Edit(
          "index <= replica.commitIndex() || replica.log.epochAt(index) != replica.epoch()",
          "index <= replica.commitIndex()")),

  VOTES_FOR_ONE_BEHIND(
      Theme.ELECTIONS,
      "order-node/src/main/java/org/stockbazaar/order/replication/Voting.java",
      new Edit("if (!isUpToDate(request)) {", "if (false) {")),

  NO_PRE_VOTE(
      Theme.ANY,
      "order-node/src/main/java/org/stockbazaar/order/replication/Replica.java",
      new Edit(
          "nominate.answered(), nowNanos);\n      candidacy.ask(nowNanos);",
          "nominate.answered(), nowNanos);\n      candidacy.vote(nowNanos);")),

  LEARNER_VOTES(
      Theme.ANY,
      19,
      "order-node/src/main/java/org/stockbazaar/order/replication/Voting.java",
      new Edit("if (!replica.ballot.isVoter()) {", "if (false) {")),

  MATCH_KEPT_OVER_A_LOST_DISK(
      Theme.ANY,
      "order-node/src/main/java/org/stockbazaar/order/replication/Progress.java",
      new Edit("    match = 0;\n    probe(next);", "    probe(next);")),

  FOLLOWER_KEEPS_NO_KEYS(
      Theme.ANY,
      "order-node/src/main/java/org/stockbazaar/order/driver/Driver.java",
      new Edit(
          "      exchange.appended(entry);",
          "      if (replica.isLeading()) { exchange.appended(entry); }")),

  KEYS_LOST_AT_RESTART(
      Theme.ANY,
      "order-node/src/main/java/org/stockbazaar/order/trading/Exchange.java",
      new Edit("keyed = oldest <= 0 ? 0 : log.indexOf(oldest) - 1;", "keyed = log.lastIndex();")),

  KEY_AFTER_VALIDATION(
      Theme.ANY,
      "order-node/src/main/java/org/stockbazaar/order/trading/Exchange.java",
      new Edit(
          """
              long logged = keys.find(trade.key());
              if (logged != 0) {
                repeat(request, log.read(logged));
                return;
              }
              String wrong
          """,
          "    String wrong"),
      new Edit(
          """
              Entry entry =
                  leader.propose(
                      Kind.TRADE,
          """,
          """
              long logged = keys.find(trade.key());
              if (logged != 0) {
                repeat(request, log.read(logged));
                return;
              }
              Entry entry =
                  leader.propose(
                      Kind.TRADE,
          """)),

  NOT_FOUND_UNCONFIRMED(
      Theme.STRANDED,
      "order-node/src/main/java/org/stockbazaar/order/trading/Exchange.java",
      new Edit("      round = confirm();\n", "")),

  REFUSAL_UNCONFIRMED(
      Theme.STRANDED,
      "order-node/src/main/java/org/stockbazaar/order/trading/Exchange.java",
      new Edit(
          "await(request, refusal, position.lastIndex(), confirm(), false);",
          "await(request, refusal, position.lastIndex(), 0, false);")),

  REFUSAL_UNRELEASED(
      Theme.LEASES,
      "order-node/src/main/java/org/stockbazaar/order/trading/Exchange.java",
      new Edit(
          "await(request, refusal, position.lastIndex(), confirm(), false);",
          "await(request, refusal, 0, confirm(), false);")),

  REPEAT_UNRELEASED(
      Theme.ANY,
      "order-node/src/main/java/org/stockbazaar/order/trading/Exchange.java",
      new Edit(
          "await(request, reply, entry.index(), 0, same);", "await(request, reply, 0, 0, same);")),

  /** The catalog's answer to entries that it had before says that everything is released. */
  DUPLICATE_APPLY_UNRELEASED(
      Theme.STRANDED,
      101,
      "catalog-node/src/main/java/org/stockbazaar/catalog/view/Catalog.java",
      new Edit(
          "    epoch = apply.epoch();\n    feeder = NOBODY;",
          """
              duplicate = !apply.entries().isEmpty() && apply.previousIndex() < view.index();
              epoch = apply.epoch();
              feeder = NOBODY;
          """),
      new Edit(
          "private boolean rebuilt;", "private boolean rebuilt;\n  private boolean duplicate;"),
      new Edit(
          "ready, leases.unreleased());",
          "ready, duplicate ? java.util.List.of() : leases.unreleased());")),

  SERVES_BEFORE_CATCH_UP(
      Theme.ANY,
      54,
      "catalog-node/src/main/java/org/stockbazaar/catalog/view/Catalog.java",
      new Edit(
          "catchUpIndex != UNKNOWN && view.index() >= catchUpIndex && view.isWhole();",
          "view.isWhole();")),

  /** A catalog that starts does not wait for leases of the process before. */
  OLD_LEASES_NOT_AWAITED(
      Theme.ANY,
      35,
      "catalog-node/src/main/java/org/stockbazaar/catalog/view/Catalog.java",
      new Edit(
          "if (!ready && caughtUp && (nowNanos - leasesOverNanos >= 0 || view.size() == 0)) {",
          "if (!ready && caughtUp) {")),

  /** An entry is released although a gateway holds its stock. */
  LEASE_NOT_AWAITED(
      Theme.ANY,
      "catalog-node/src/main/java/org/stockbazaar/catalog/lease/Leases.java",
      new Edit(
          "    if (!entry.isReleased()) {\n      collected", "    if (false) {\n      collected")),

  /** A stock is shown while it is open what becomes of a trade of it. */
  SHOWS_WHAT_IS_PREPARED(
      Theme.ANY,
      "catalog-node/src/main/java/org/stockbazaar/catalog/view/Catalog.java",
      new Edit(
          "return prepared.isOpen(stock, view.index()) || leases.isUnreleased(stock);",
          "return leases.isUnreleased(stock);")),

  /** Gateways that hold a prepared trade's stock are not waited for. */
  PREPARED_WITHOUT_GATEWAYS(
      Theme.ANY,
      "catalog-node/src/main/java/org/stockbazaar/catalog/view/Catalog.java",
      new Edit("      leases.changed(index, stock, prepare.letGo().get(i), nowNanos);\n", "")),

  /** A gateway keeps what it asked for before it sent a trade, and nobody tells it of the trade. */
  KEEPS_AN_ANSWER_THAT_A_TRADE_OVERTOOK(
      Theme.ANY,
      "gateway/src/main/java/org/stockbazaar/gateway/cache/StockCache.java",
      new Edit("boolean letGo = lookup.number <= over(name);", "boolean letGo = over(name) < 0;")),

  /** A gateway goes on showing a stock that it says it has let go. */
  TRADES_WITHOUT_LETTING_GO(
      Theme.ANY,
      "gateway/src/main/java/org/stockbazaar/gateway/cache/StockCache.java",
      new Edit(
          "  public long letGo(String name) {\n    stocks.remove(name);",
          "  public long letGo(String name) {")),

  /** A gateway is not told of a trade although it looked the stock up again since it sent it. */
  LETS_GO_OF_WHAT_IS_ASKED_LATER(
      Theme.ANY,
      "catalog-node/src/main/java/org/stockbazaar/catalog/lease/GatewayLease.java",
      new Edit("        && letGo.lookup() >= lookup;", "        && lookup > 0;")),

  /** A gateway's lookup that waited hides a newer one. */
  HELD_FROM_AN_OLDER_LOOKUP(
      Theme.CROWDS,
      45,
      "catalog-node/src/main/java/org/stockbazaar/catalog/lease/GatewayLease.java",
      new Edit("held.merge(stock, lookup, Math::max);", "held.put(stock, lookup);")),

  CLOSED_CHANNEL_ENDS_LEASE(
      Theme.LEASES,
      "catalog-node/src/main/java/org/stockbazaar/catalog/server/CatalogNode.java",
      new Edit(
          "gateways.remove(session.peer().node(), session);",
          """
          if (gateways.remove(session.peer().node(), session)) {
                leases.leave(session.peer().node());
              }
          """)),

  HYDRATED_TOO_EARLY(
      Theme.ANY,
      127,
      "catalog-node/src/main/java/org/stockbazaar/catalog/view/Catalog.java",
      new Edit(
          "asker.session() != feeder || view.index() < hydrate.minimumIndex() || !view.isWhole()",
          "!view.isWhole()")),

  LEASE_COUNTED_FROM_RECEIPT(
      Theme.LEASES,
      19,
      "gateway/src/main/java/org/stockbazaar/gateway/cache/StockCache.java",
      new Edit(
          "long endNanos = renewal.sentNanos + LEASE_NANOS;",
          "long endNanos = nowNanos + LEASE_NANOS;")),

  CACHE_KEPT_OVER_A_BROKEN_CHANNEL(
      Theme.LEASES,
      "gateway/src/main/java/org/stockbazaar/gateway/cache/StockCache.java",
      new Edit("  public void channelOpened() {\n    forget();", "  public void channelOpened() {"),
      new Edit("    open = false;\n    forget();", "    open = false;")),

  /** A gateway takes a trade that may have happened for one that surely did not. */
  UNAVAILABLE_AFTER_AN_UNKNOWN_ATTEMPT(
      Theme.ANY,
      "gateway/src/main/java/org/stockbazaar/gateway/client/OrderClient.java",
      new Edit(
          "      if (!sent) {\n        call.unresolved--;",
          "      if (true) {\n        call.unresolved--;")),

  /** A leader judges what waited unread since it led before. */
  JUDGES_WHAT_WAS_FOR_ANOTHER_EPOCH(
      Theme.STRANDED,
      "order-node/src/main/java/org/stockbazaar/order/driver/Driver.java",
      new Edit("|| trade.epoch() != replica.epoch()", ""));

  /** Path of the source file, from the root of the sources. */
  final String path;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that do not change.
  private final List<Edit> edits;

  /** In which runs it is looked for. */
  final Theme theme;

  /** The first of them, so that what is rare is found at once, until something changes. */
  final long firstSeed;

  /** A text that is in the file once, and what is there instead. */
  record Edit(String text, String instead) {}

  Bug(Theme theme, String path, Edit... edits) {
    this(theme, 1, path, edits);
  }

  Bug(Theme theme, long firstSeed, String path, Edit... edits) {
    this.theme = theme;
    this.firstSeed = firstSeed;
    this.path = path;
    this.edits = List.of(edits);
  }

  /** The source with the bug. */
  String plantIn(String source) {
    String planted = source;
    for (Edit edit : edits) {
      String text = edit.text.stripTrailing();
      int at = planted.indexOf(text);
      if (at < 0 || planted.indexOf(text, at + 1) >= 0) {
        throw new AssertionError(
            path + " does not hold this once, so that " + this + " cannot be planted:\n" + text);
      }
      planted = planted.substring(0, at) + edit.instead + planted.substring(at + text.length());
    }
    return planted;
  }

  /** The name of the class that the file is for. */
  String className() {
    return path.substring(path.indexOf("org/"), path.length() - ".java".length()).replace('/', '.');
  }
}
