/**
 * Persistent channels between nodes: sockets, authentication, the client's side with reconnecting,
 * correlation, deadlines and bounds, and the server's side. All of a node's channels belong to its
 * one event loop.
 */
package org.stockbazaar.protocol.channel;
