package org.stockbazaar.bench.session;

/** An order as the client that placed it remembers it, or as the gateway tells it. */
public record RememberedOrder(long number, String name, String type, long quantity) {}
