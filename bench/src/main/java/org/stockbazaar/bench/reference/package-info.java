/**
 * Programs that do what a request needs at least, and nothing else: what a request of Stock Bazaar
 * takes is told as a ratio to them, measured in the same run, since machines differ. Each runs in
 * processes of its own with the JVM flags of the node that it stands for.
 */
package org.stockbazaar.bench.reference;
