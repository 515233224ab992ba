package io.godwit.planner.store;

/** Work that takes longer than an event may. */
public enum DutyKind {
    /** Ask readers and writers, and store the plan. Of the run. */
    PLAN,
    /** Make a step's sink ready. */
    PREPARE,
    /** Put parts of a step's subtasks that were too large into their place. */
    SPLIT,
    /** Have a step's sink publish. */
    PUBLISH,
    /** Read both sides of a published step again. */
    VALIDATE,
    /** Ask a step's ledger what it holds, because the sink says that the step is closed. */
    RECONCILE,
    /** Have a failed step's sink take it again. */
    REOPEN,
    /** Close the sinks of a run that failed or was cancelled. Of the run. */
    CLOSE,
    /** Have readers let go of the run's snapshots. Of the run. */
    RELEASE;

    /** Whether the work still makes sense when the run has ended, or is failing. */
    public boolean endsRun() {
        return this == CLOSE || this == RELEASE;
    }
}
