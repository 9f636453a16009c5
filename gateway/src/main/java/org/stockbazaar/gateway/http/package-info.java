/**
 * HTTP/1.1 sessions: the server, its limits and errors, one handler per resource, JSON. What lies
 * behind it is the port {@link org.stockbazaar.gateway.http.Market}. Everything runs on the
 * gateway's one event loop.
 */
package org.stockbazaar.gateway.http;
