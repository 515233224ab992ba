package io.godwit.planner.run;

/** What can befall a run. */
public enum RunSignal {
    /** A planner begins to ask. */
    PLANNING_BEGUN,
    /** The plan is stored. */
    PLANNED,
    /** Somebody pauses it. */
    PAUSE,
    /** Somebody lets it go on. */
    RESUME,
    /** Somebody ends it. */
    CANCEL,
    /** Something failed for good. */
    FAIL,
    /** The sinks of a failing run are closed, or cannot be. */
    CLOSED,
    /** Somebody tries a failed run again. */
    RETRY,
    /** Every subtask of every step is written. */
    ALL_WRITTEN,
    /** Every step is published. */
    ALL_PUBLISHED
}
