package io.godwit.core.ledger;

import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What a sink's ledger says of a subtask. The subtask is the primary key: whoever inserts first wins.
 *
 * @param attempt whose rows were written; null for a void
 * @param written rows in the target, {@link Tally#ZERO} for a void
 * @param quarantined rows in the quarantine, {@link Tally#ZERO} for a void
 */
public record LedgerRow(SubtaskId subtask, @Nullable AttemptId attempt, Tally written, Tally quarantined) {

    /** A row that keeps a subtask from ever being written. */
    public static LedgerRow voided(SubtaskId subtask) {
        return new LedgerRow(subtask, null, Tally.ZERO, Tally.ZERO);
    }

    public boolean isVoid() {
        return attempt == null;
    }
}
