package io.godwit.planner.act;

import io.godwit.core.run.SubtaskState;
import io.godwit.planner.subtask.Outcome;
import io.godwit.planner.subtask.Subtask;

/** What was decided of a subtask. */
record Decided(Subtask before, Outcome outcome) {

    Subtask after() {
        return outcome.of(before);
    }

    /** Whether it is known to be written from now on. */
    boolean writes() {
        return before.state() != SubtaskState.WRITTEN && after().state() == SubtaskState.WRITTEN;
    }
}
