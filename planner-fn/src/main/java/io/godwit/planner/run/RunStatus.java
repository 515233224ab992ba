package io.godwit.planner.run;

import io.godwit.core.run.RunState;

/**
 * Where a run stands.
 *
 * @param failing it has failed, and its sinks are being closed: nothing is dispatched any more
 * @param planned its plan is stored
 */
public record RunStatus(RunState state, boolean failing, boolean planned) {
    public RunStatus {
        if (failing && state.isEnded()) {
            throw new IllegalArgumentException(state + " is not failing any more");
        }
    }

    /** Whether its subtasks are read, written and published. */
    public boolean isMoving() {
        return !failing && (state == RunState.RUNNING || state == RunState.PUBLISHING);
    }

    /** Whether what is announced or written in it still counts for what comes next. */
    public boolean isLive() {
        return !failing && !state.isEnded();
    }
}
