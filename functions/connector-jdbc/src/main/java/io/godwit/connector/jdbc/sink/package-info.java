/**
 * What sinks of databases share: their own tables, and how a subtask is written beside its row of the ledger.
 *
 * <ul>
 *   <li>The rows of a subtask, those of its quarantine, and its row of the ledger commit together, always.
 *   <li>Whoever inserts a subtask's row into the ledger first decides it; nobody changes what another inserted.
 *   <li>Nobody writes under a run row that is not open, and nobody closes it while somebody writes under it.
 * </ul>
 */
@NullMarked
package io.godwit.connector.jdbc.sink;

import org.jspecify.annotations.NullMarked;
