/**
 * What operators see and do, over HTTP on a port of its own: the cluster, its leader, the cache, a
 * reset. Uses the server of {@link org.stockbazaar.gateway.http}; what lies behind is the port
 * {@link org.stockbazaar.gateway.admin.Operations}. Everything runs on the gateway's one event
 * loop.
 */
package org.stockbazaar.gateway.admin;
