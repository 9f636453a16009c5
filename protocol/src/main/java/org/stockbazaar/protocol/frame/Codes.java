package org.stockbazaar.protocol.frame;

import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;

/** Enumerated fields by their codes. */
final class Codes {
  private static final Reason[] REASONS = Reason.values();
  private static final Status[] STATUSES = Status.values();
  private static final Role[] ROLES = Role.values();

  private Codes() {}

  static Side side(int code) {
    return switch (code) {
      case 1 -> Side.BUY;
      case 2 -> Side.SELL;
      default -> throw new MalformedException("no side has code " + code);
    };
  }

  static Role role(int code) {
    for (Role role : ROLES) {
      if (role.code() == code) {
        return role;
      }
    }
    throw new MalformedException("no role has code " + code);
  }

  static Status status(int code) {
    for (Status status : STATUSES) {
      if (status.code() == code) {
        return status;
      }
    }
    throw new MalformedException("no status has code " + code);
  }

  static Reason reason(int code) {
    for (Reason reason : REASONS) {
      if (reason.code() == code) {
        return reason;
      }
    }
    throw new MalformedException("no reason has code " + code);
  }
}
