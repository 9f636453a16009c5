/**
 * Verdicts over a system's files and what its catalog tells: chain, numbering, books, equal logs,
 * catalog = log. Reads only, beside a running system or without one.
 */
package org.stockbazaar.bench.verify;
