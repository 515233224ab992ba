package io.godwit.core.run;

/**
 * Where a run stands.
 *
 * <pre>
 * REQUESTED -> PLANNING -> RUNNING <-> PAUSED
 *                             |           |
 *                             v           v
 *                        PUBLISHING    CANCELLED
 *                             |
 *                             v
 *                         COMPLETED
 * any of the above -> FAILED -> (retry) RUNNING, or PLANNING where nothing was planned yet
 * </pre>
 */
public enum RunState {
    /** Known, not yet planned. */
    REQUESTED,
    /** A planner asks readers and writers; nothing is stored yet. */
    PLANNING,
    /** The plan is stored and its subtasks are dispatched. */
    RUNNING,
    /** Nothing new is dispatched; what is under way ends. */
    PAUSED,
    /** Every subtask is written; the sinks publish. */
    PUBLISHING,
    /** Published, and the proof holds. */
    COMPLETED,
    /** Ended with an error; {@code retry} goes on from the last written subtask. */
    FAILED,
    /** Ended by somebody; sinks refuse whatever still arrives. */
    CANCELLED;

    /** Whether nothing happens any more unless somebody asks for it. */
    public boolean isEnded() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
