package io.godwit.planner.dispatch;

import io.godwit.core.run.SubtaskState;
import java.util.List;

/**
 * Subtasks of a route that take room and are alike, added up: they are read, wait in the exchange, are written, or back
 * off.
 *
 * @param pool empty where they were never dispatched
 * @param backsOff they failed, and keep their place until they may be tried again: a source or sink that is down is
 *     tried by as many subtasks as it bears, not by one after another
 * @param mayBeWritten whether their run is one whose rows are written
 * @param weight what they take of the credit, in bytes
 * @param bytes read, or as estimated while they are being read
 * @param offsets of the exchange that their announced batches span
 * @param lanes partitions that their readers fill
 */
public record UnderWay(
        Route route,
        String pool,
        SubtaskState state,
        boolean backsOff,
        boolean mayBeWritten,
        int subtasks,
        long weight,
        long bytes,
        long offsets,
        List<Integer> lanes) {
    public UnderWay {
        lanes = List.copyOf(lanes);
    }

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
