package org.stockbazaar.protocol.message;

/** What a node is. Codes are never reused. */
public enum Role {
  CATALOG(1, "catalog"),
  ORDER(2, "order"),
  GATEWAY(3, "gateway"),
  /** A command that speaks the protocol for a moment. */
  TOOL(4, "tool");

  private final int code;
  private final String word;

  Role(int code, String word) {
    this.code = code;
    this.word = word;
  }

  public int code() {
    return code;
  }

  /** The word in names: {@code order-3}. */
  public String word() {
    return word;
  }
}
