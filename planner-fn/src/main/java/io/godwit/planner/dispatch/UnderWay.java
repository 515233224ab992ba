package io.godwit.planner.dispatch;

import io.godwit.core.run.RunId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.SubtaskState;
import org.jspecify.annotations.Nullable;

/**
 * A subtask that takes room: it is read, waits in the exchange, is written, or backs off.
 *
 * @param backsOff it failed, and keeps its place until it may be tried again: a source or sink that is down is tried by
 *     as many subtasks as it bears, not by one after another
 * @param pool null where it was never dispatched
 * @param lane the partition that its reader fills or filled
 * @param bytes read, or as estimated while it is being read; -1 where unknown
 * @param writes how often it was given to writers
 * @param maxWrites of its sink at once
 * @param mayBeWritten whether its run is one whose rows are written
 * @param offsets of the exchange that its announced batches span
 */
public record UnderWay(
        SubtaskId id,
        RunId run,
        SubtaskState state,
        boolean backsOff,
        String source,
        String sink,
        @Nullable String pool,
        int lane,
        long bytes,
        int writes,
        int maxWrites,
        boolean mayBeWritten,
        long offsets) {

    public boolean takesRead() {
        return state == SubtaskState.READING || (state == SubtaskState.PENDING && backsOff);
    }

    public boolean takesWrite() {
        return state == SubtaskState.WRITING || (state == SubtaskState.READ && backsOff);
    }

    public boolean takesCredit() {
        return state != SubtaskState.PENDING;
    }

    public boolean waitsForWriter() {
        return state == SubtaskState.READ && !backsOff && mayBeWritten;
    }
}
