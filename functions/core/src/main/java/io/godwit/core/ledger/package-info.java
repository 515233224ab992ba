/**
 * Exactly once, from one idea: a subtask is written in one sink transaction, and the ledger's primary key decides.
 *
 * <p>In every state that any interleaving of writers, closers, crashes and replayed events can reach:
 *
 * <ul>
 *   <li>the target holds each subtask's rows not at all, or once and exactly as one attempt read them;
 *   <li>the ledger says that a subtask is written if and only if its rows are in the target, and of which attempt;
 *   <li>rows of a voided subtask are not in the target;
 *   <li>nothing changes in the target while the run row is not open;
 *   <li>whatever was reported written is in the ledger; a run reported completed has every subtask in it.
 * </ul>
 *
 * <p>{@link io.godwit.core.ledger.WriteProtocol} is the writing side, {@link io.godwit.core.ledger.ClosingProtocol} the
 * closing side. Production runs these classes; a test explores them exhaustively.
 */
@NullMarked
package io.godwit.core.ledger;

import org.jspecify.annotations.NullMarked;
