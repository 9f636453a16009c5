/**
 * Verdicts over what clients saw: whether a history is linearizable; by search for any model, and
 * by a sweep for stocks whose order of trades the log tells. Pure.
 */
package org.stockbazaar.bench.check;
