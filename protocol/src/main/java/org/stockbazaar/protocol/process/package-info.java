/** The life of a node's process: start, health, drain on SIGTERM, stop with a reason. */
package org.stockbazaar.protocol.process;
