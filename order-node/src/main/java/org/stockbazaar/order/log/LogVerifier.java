package org.stockbazaar.order.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;

/**
 * Checks a log without its node, or beside it: chain, numbering and books. Reads only, takes no
 * lock. Entries at the end may not be committed; what is is known to the leader.
 */
public final class LogVerifier {
  private LogVerifier() {}

  /** Verifies all of the log in {@code directory}. */
  public static Verification verify(Path directory) {
    return verify(directory, Long.MAX_VALUE);
  }

  /** Verifies entries 1 to {@code upToIndex}, or fewer when the log has no more. */
  public static Verification verify(Path directory, long upToIndex) {
    var result = SettledScan.run(directory, upToIndex, Audit::new);
    var audit = result.visitor();
    var end = result.end();
    var stocks = audit.books.stocks();
    String problem = audit.problem == null ? result.problem() : audit.problem;
    return new Verification(
        end.index(),
        end.epoch(),
        end.checksum(),
        end.nextNumber(),
        stocks.size(),
        problem.isEmpty(),
        problem,
        HexFormat.of().formatHex(audit.sha.digest()),
        Books.digest(stocks),
        stocks);
  }

  /** Sees every entry; the scan has checked chain and numbering. */
  private static final class Audit implements LogScan.Visitor {
    final Books books = new Books();
    final MessageDigest sha = sha256();
    String problem;

    @Override
    public void entry(Entry entry, ByteBuffer image) {
      sha.update(image.slice(image.position(), EntryCodec.BYTES));
      String found = books.enter(entry);
      if (problem == null) {
        problem = found;
      }
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java has SHA-256", e);
      }
    }
  }
}
