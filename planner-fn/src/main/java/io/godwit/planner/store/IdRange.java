package io.godwit.planner.store;

import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;

/** The ids of the subtasks of a run or step: from {@code ID/} up to {@code ID0}, as '0' is the character after '/'. */
final class IdRange {
    private IdRange() {}

    static String from(StepId step) {
        return step + "/";
    }

    static String to(StepId step) {
        return step + "0";
    }

    static String from(RunId run) {
        return run + "/";
    }

    static String to(RunId run) {
        return run + "0";
    }
}
