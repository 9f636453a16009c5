/**
 * Messages as frames: the header, every message's code and fields, and the decoder at a channel's
 * inner end. protocol/README.md specifies the same bytes for people. Knows no connection.
 */
package org.stockbazaar.protocol.frame;
