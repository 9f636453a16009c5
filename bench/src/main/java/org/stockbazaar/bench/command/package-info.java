/**
 * The {@code bazaar} command: one class per subcommand. They parse, call the kit in {@code
 * cluster}, {@code session} or {@code check}, and print; status 0, 1 (verdict or failure), 2
 * (usage).
 */
package org.stockbazaar.bench.command;
