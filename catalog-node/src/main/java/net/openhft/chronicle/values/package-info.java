/**
 * A build step, in Chronicle's package because its generators are package-private: writes and
 * compiles the value classes, so that no node needs to compile them at its start.
 */
package net.openhft.chronicle.values;
