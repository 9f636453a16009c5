/**
 * What a node is told at its start: addresses, files, limits; by flag, else by environment
 * variable, else by default. Parsed once in main, immutable after.
 */
package org.stockbazaar.protocol.config;
