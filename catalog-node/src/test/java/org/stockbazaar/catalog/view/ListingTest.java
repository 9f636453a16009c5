package org.stockbazaar.catalog.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Listed;
import org.stockbazaar.protocol.message.Message.Propose;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

class ListingTest {
  private static final long HALF_SECOND = 500_000_000L;

  private final View view = new View(new TreeTable(1_000), Basis.EMPTY);
  private final Map<Long, Message> answers = new LinkedHashMap<>();
  private final History history = new History(1);

  private static List<Stock> stocks(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Stock("Co-" + i, 100, 10, 0, 0, 0)).toList();
  }

  private Listing listing(List<Stock> file) {
    return new Listing(view, file, (asker, reply) -> answers.put(asker.correlation(), reply));
  }

  private static Asker operator(long correlation) {
    return new Asker(1, 0, correlation, "", 0);
  }

  /** The leader logs what was proposed, and the view applies it. */
  private void listed(Propose proposal) {
    long before = history.last();
    proposal.stocks().forEach(stock -> history.list(stock.name(), stock.quantity()));
    view.apply(history.apply(view.index(), history.last()), (index, stock) -> {});
    assertThat(view.index()).isGreaterThan(before);
  }

  @Test
  @Tag("C2")
  void proposesOnlyNewStocksInBatchesUntilAllAreApplied() {
    Listing listing = listing(stocks(3));
    assertThat(listing.isFileDone()).isFalse();
    listed(listing.takeProposal(0));
    assertThat(listing.takeProposal(0)).isNull();
    assertThat(listing.isFileDone()).isTrue();
    listing.list(operator(7), stocks(900));
    Propose first = listing.takeProposal(1);
    assertThat(first.appliedIndex()).isEqualTo(view.index());
    assertThat(first.stocks()).hasSize(500).doesNotContainAnyElementsOf(stocks(3));
    assertThat(listing.takeProposal(2)).as("under way").isNull();
    listed(first);
    listed(listing.takeProposal(3));
    assertThat(answers).isEmpty();
    assertThat(listing.takeProposal(4)).isNull();
    assertThat(listing.isDone()).isTrue();
    assertThat(answers).containsEntry(7L, new Listed(897, 3));
  }

  @Test
  @Tag("C2")
  void looksAtAKnownFileInBoundedSteps() {
    Listing before = listing(stocks(900));
    listed(before.takeProposal(0));
    listed(before.takeProposal(1));
    var more = new ArrayList<>(stocks(900));
    more.addAll(stocks(900));
    more.add(new Stock("NewCo", 1, 1, 0, 0, 0));
    Listing listing = listing(more);
    assertThat(listing.takeProposal(0)).isNull();
    assertThat(listing.isLooking()).isTrue();
    assertThat(listing.takeProposal(1).stocks()).extracting(Stock::name).containsExactly("NewCo");
    assertThat(listing.isLooking()).isFalse();
  }

  @Test
  void proposesAgainWhatALeaderDidNotList() {
    Listing listing = listing(stocks(2));
    assertThat(listing.takeProposal(0)).isNotNull();
    assertThat(listing.takeProposal(HALF_SECOND - 1)).isNull();
    assertThat(listing.takeProposal(HALF_SECOND).stocks()).isEqualTo(stocks(2));
    listing.proposeAgain();
    assertThat(listing.takeProposal(HALF_SECOND + 1).stocks()).isEqualTo(stocks(2));
  }

  @Test
  void beginsAnewWithTheView() {
    Listing listing = listing(stocks(2));
    listed(listing.takeProposal(0));
    listing.list(operator(5), List.of(new Stock("NewCo", 1, 1, 0, 0, 0)));
    assertThat(listing.takeProposal(1)).isNotNull();
    view.clear();
    listing.restart();
    assertThat(((Failed) answers.get(5L)).status()).isEqualTo(Status.UNAVAILABLE);
    assertThat(listing.takeProposal(2).stocks()).isEqualTo(stocks(2));
  }

  @Test
  void aListWithoutNewStocksIsDoneAtOnce() {
    Listing listing = listing(stocks(2));
    listed(listing.takeProposal(0));
    listing.takeProposal(1);
    listing.list(operator(8), stocks(2));
    assertThat(answers).containsEntry(8L, new Listed(0, 2));
  }

  @Test
  @Tag("C6")
  void refusesWhatDoesNotFitAndNamesTheLimit() {
    Listing listing = listing(List.of());
    listing.list(operator(9), stocks(1_001));
    assertThat(answers.get(9L))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.status()).isEqualTo(Status.REFUSED);
              assertThat(failed.detail()).contains("1001 new stocks").contains("of 1000");
            });
    assertThat(listing.isDone()).isTrue();
  }

  @Test
  @Tag("C6")
  void refusesWhatDoesNotFitAnyMore() {
    Listing listing = listing(stocks(999));
    history.list("Other", 1).list("Third", 1);
    view.apply(history.apply(0, history.last()), (index, stock) -> {});
    listed(listing.takeProposal(0));
    assertThat(listing.takeProposal(1)).isNull();
    assertThat(listing.isDone()).isTrue();
    assertThat(listing.refusal()).contains("499 new stocks").contains("502 of 1000");
  }
}
