package io.godwit.planner.subtask;

import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Tally;

/** What the sink's ledger holds of a written subtask. */
public record LedgerHolds(AttemptId attempt, Tally written, Tally quarantined) {

    /** All rows that the writer took from the exchange. */
    public Tally taken() {
        return written.plus(quarantined);
    }
}
