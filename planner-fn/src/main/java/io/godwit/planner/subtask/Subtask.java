package io.godwit.planner.subtask;

import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.SubtaskState;
import io.godwit.core.run.Tally;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What decides a subtask's next state.
 *
 * @param reads how often it was given to readers, by itself or with others that are read together with it
 * @param writes how often it was given to writers
 * @param tries how often it came to nothing, since the run was started or retried
 * @param announced the attempt to write; null unless READ, WRITING or WRITTEN
 * @param earlier attempts that were announced before and given up, and what each had read
 * @param holds what the ledger holds; null unless WRITTEN
 */
public record Subtask(
        SubtaskId id,
        SubtaskState state,
        int reads,
        int writes,
        int tries,
        @Nullable Announced announced,
        Map<AttemptId, Tally> earlier,
        @Nullable LedgerHolds holds) {
    public Subtask {
        earlier = Map.copyOf(earlier);
    }

    /** A subtask that nobody has touched. */
    public static Subtask fresh(SubtaskId id) {
        return new Subtask(id, SubtaskState.PENDING, 0, 0, 0, null, Map.of(), null);
    }

    /** With what was announced before and given up. */
    public Subtask with(Map<AttemptId, Tally> attempts) {
        return new Subtask(id, state, reads, writes, tries, announced, attempts, holds);
    }

    Subtask in(SubtaskState next) {
        return new Subtask(id, next, reads, writes, tries, announced, earlier, holds);
    }

    Subtask triedOnceMore() {
        return new Subtask(id, state, reads, writes, tries + 1, announced, earlier, holds);
    }

    Subtask announcing(Announced rows) {
        return new Subtask(id, SubtaskState.READ, reads, writes, tries, rows, earlier, holds);
    }

    /** As if it had been read itself. */
    Subtask sharing(Announced rows) {
        return new Subtask(id, SubtaskState.READ, reads + 1, writes, tries, rows, earlier, holds);
    }

    /** Its rows in the exchange are of no use any more; what they were is kept, for the case that they were written. */
    Subtask givingUpAnnounced() {
        Map<AttemptId, Tally> all = new HashMap<>(earlier);
        if (announced != null) {
            all.put(announced.attempt(), announced.read());
        }
        return new Subtask(id, SubtaskState.PENDING, reads, writes, tries, null, all, holds);
    }

    Subtask writtenAs(LedgerHolds row) {
        return new Subtask(id, SubtaskState.WRITTEN, reads, writes, tries, announced, earlier, row);
    }

    /** What the attempt had read when it was announced; null where it never was. */
    public @Nullable Tally readBy(AttemptId attempt) {
        return announced != null && announced.attempt().equals(attempt) ? announced.read() : earlier.get(attempt);
    }

    /** Whether the attempt was announced, now or before. */
    public boolean knows(AttemptId attempt) {
        return readBy(attempt) != null;
    }
}
