package io.godwit.core.port;

import io.godwit.core.run.SubtaskState;
import java.util.Collection;

/**
 * Is told what a function has done, in numbers: once per batch and per subtask, never per row. Nothing hangs on it.
 * Safe for threads. Tags are few: no job, run or table is ever one.
 */
public interface Meters {
    /** Counts nothing. */
    Meters NONE = new Meters() {};

    /** A batch was sent, or taken and written: rows that end in it, its bytes, and the time it took. */
    default void batch(int rows, long bytes, long nanos) {}

    /** A sink's transaction was committed. */
    default void committed(long nanos) {}

    /** An attempt at a subtask ended. */
    default void ended(Outcome outcome, long nanos) {}

    /** So many subtasks came to be in a state. */
    default void reached(SubtaskState state, int subtasks) {}

    /** What is under way in all pools that have anything, as of now. */
    default void underWay(Collection<Backlog> backlogs) {}

    /** Events that the broker has not taken yet, as of now. */
    default void outbox(long events) {}

    /** How an attempt ended. */
    enum Outcome {
        DONE,
        /** Nothing was left to do: it was done before. */
        FOUND_DONE,
        /** For good, until somebody mends something. */
        FAILED,
        /** Its event comes again. */
        AGAIN
    }

    /**
     * Subtasks of a pool in one state.
     *
     * @param bytes read and not yet written, or as estimated while they are being read
     * @param offsets of the exchange that their announced batches span
     */
    record Backlog(String pool, SubtaskState state, int subtasks, long bytes, long offsets) {}
}
