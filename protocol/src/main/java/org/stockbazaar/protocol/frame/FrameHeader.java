package org.stockbazaar.protocol.frame;

/**
 * The 16 bytes before a payload, big-endian:
 *
 * <pre>
 *   0  u32 length, of what follows it: 12 and the payload's
 *   4  u8  type ({@link MessageType})
 *   5  u8  flags, 0
 *   6  u16 status, OK but in FAILED
 *   8  u64 correlation, 0 for one-way
 *  16  payload
 * </pre>
 */
public final class FrameHeader {
  /** The header's size. */
  public static final int BYTES = 16;

  /** The length field's size. */
  public static final int LENGTH_BYTES = 4;

  /** The least length: a frame without payload. */
  public static final int LENGTH_MIN = BYTES - LENGTH_BYTES;

  /** The greatest length, once authenticated. */
  public static final int LENGTH_MAX = 1 << 20;

  /** The greatest length before. */
  public static final int LENGTH_MAX_UNAUTHENTICATED = 4 << 10;

  private FrameHeader() {}
}
