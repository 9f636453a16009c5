package org.stockbazaar.protocol.config;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The order group: each replica's id and address, written {@code 1=host:port,2=host:port}.
 *
 * @param addresses by id, ascending; 1, 3, 5 or 7 of them
 */
public record PeerList(SortedMap<Integer, HostPort> addresses) {
  private static final int ID_MAX = 99;

  public PeerList {
    int size = addresses.size();
    if (size != 1 && size != 3 && size != 5 && size != 7) {
      throw new IllegalArgumentException(
          "an order group of " + size + " replicas; it has 1, 3, 5 or 7");
    }
    addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
  }

  /** Reads the list; {@link IllegalArgumentException} says what is wrong with it. */
  public static PeerList parse(String text) {
    var addresses = new TreeMap<Integer, HostPort>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "'" + part + "' is no replica; write 1=host:port,2=host:port,3=host:port");
      }
      int id = id(part.substring(0, equals).strip());
      var address = HostPort.parse(part.substring(equals + 1).strip());
      if (addresses.putIfAbsent(id, address) != null) {
        throw new IllegalArgumentException("replica " + id + " is listed twice");
      }
    }
    return new PeerList(addresses);
  }

  private static int id(String text) {
    try {
      int id = Integer.parseInt(text);
      if (id >= 1 && id <= ID_MAX) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Told below, with the values that an id may have.
    }
    throw new IllegalArgumentException("'" + text + "' is not a replica's id, 1 to " + ID_MAX);
  }

  /** As it is written. */
  @Override
  public String toString() {
    var text = new StringJoiner(",");
    addresses.forEach((id, address) -> text.add(id + "=" + address));
    return text.toString();
  }

  /** The ids, ascending. */
  public List<Integer> ids() {
    return List.copyOf(addresses.keySet());
  }
}
