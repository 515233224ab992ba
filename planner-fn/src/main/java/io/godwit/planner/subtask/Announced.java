package io.godwit.planner.subtask;

import io.godwit.core.exchange.BatchRange;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one attempt that wait in the exchange, and what they must prove to be.
 *
 * @param readAs the subtask that was read, where its rows are this one's too; null: this one
 */
public record Announced(
        AttemptId attempt,
        BatchRange range,
        Tally read,
        @Nullable SubtaskId readAs) {

    /** Rows that were read for this subtask. */
    public Announced(AttemptId attempt, BatchRange range, Tally read) {
        this(attempt, range, read, null);
    }
}
