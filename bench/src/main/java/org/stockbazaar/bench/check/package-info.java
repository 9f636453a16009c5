/** Verdicts over what a run did: whether its history is linearizable. Pure. */
package org.stockbazaar.bench.check;
