/** How log lines look, and where they go: standard output, one line or one JSON object each. */
package org.stockbazaar.protocol.logging;
