package org.stockbazaar.catalog.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

  private final View view = new View(new TreeTable(1_000), 0, 0, 0);
  private final Map<Long, Message> answers = new LinkedHashMap<>();
  private final Listing listing =
      new Listing(view, (asker, reply) -> answers.put(asker.correlation(), reply));
  private final History history = new History(1);

  private static List<Stock> stocks(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Stock("Co-" + i, 100, 10, 0, 0, 0)).toList();
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
    listing.list(null, stocks(3));
    listed(listing.takeProposal(0));
    listing.list(new Asker(1, 0, 7, "", 0), stocks(900));
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
  void proposesAgainWhatALeaderDidNotList() {
    listing.list(null, stocks(2));
    assertThat(listing.takeProposal(0)).isNotNull();
    assertThat(listing.takeProposal(HALF_SECOND - 1)).isNull();
    assertThat(listing.takeProposal(HALF_SECOND).stocks()).isEqualTo(stocks(2));
    listing.proposeAgain();
    assertThat(listing.takeProposal(HALF_SECOND + 1).stocks()).isEqualTo(stocks(2));
  }

  @Test
  void aListWithoutNewStocksIsDoneAtOnce() {
    listing.list(null, stocks(2));
    listed(listing.takeProposal(0));
    listing.takeProposal(1);
    listing.list(new Asker(1, 0, 8, "", 0), stocks(2));
    assertThat(answers).containsEntry(8L, new Listed(0, 2));
  }

  @Test
  @Tag("C6")
  void refusesWhatDoesNotFitAndNamesTheLimit() {
    listing.list(new Asker(1, 0, 9, "", 0), stocks(1_001));
    assertThat(answers.get(9L))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.status()).isEqualTo(Status.REFUSED);
              assertThat(failed.detail()).contains("1001 new stocks").contains("of 1000");
            });
    assertThat(listing.isDone()).isTrue();
    assertThatExceptionOfType(CatalogFullException.class)
        .isThrownBy(() -> listing.list(null, stocks(1_001)));
  }

  @Test
  @Tag("C6")
  void refusesWhatDoesNotFitAnyMoreOnceTheMapIsRebuilt() {
    listing.list(null, stocks(1_000));
    history.list("Other", 1);
    view.apply(history.apply(0, history.last()), (index, stock) -> {});
    listing.proposeAgain();
    assertThat(listing.takeProposal(0)).isNull();
    assertThat(listing.isDone()).isTrue();
    assertThat(listing.refusal()).contains("1000 new stocks").contains("1 of 1000");
  }
}
