/** The gateway's process: its options, and how its parts are put together. */
package org.stockbazaar.gateway;
