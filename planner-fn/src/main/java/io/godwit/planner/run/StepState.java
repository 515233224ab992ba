package io.godwit.planner.run;

/**
 * Where a step of a run stands.
 *
 * <pre>
 * WAITING -> PREPARING -> OPEN -> PUBLISHING [-> VALIDATING] -> PUBLISHED
 *    PREPARING | OPEN | PUBLISHING -> CLOSED -> (retry) REOPENING -> PREPARING
 * </pre>
 */
public enum StepState {
    /** Steps that it needs are not published. */
    WAITING,
    /** Its sink is being made ready. */
    PREPARING,
    /** Its subtasks are dispatched. */
    OPEN,
    /** All of them are written; its sink publishes. */
    PUBLISHING,
    /** Published, and both sides are read again, as the job asks. */
    VALIDATING,
    /** Done. */
    PUBLISHED,
    /** Its sink refuses it: the run failed or was cancelled. */
    CLOSED,
    /** Its sink is asked to take it again. */
    REOPENING;

    /** Whether the sink may know of it as open. */
    public boolean isOpenInSink() {
        return this == PREPARING || this == OPEN || this == PUBLISHING || this == REOPENING;
    }
}
