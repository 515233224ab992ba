package io.godwit.planner.run;

import java.util.List;

/**
 * Where a step stands, as far as the run's progress hangs on it.
 *
 * @param needs steps that must be published before
 * @param deep whether both sides are read again once it is published
 * @param subtasks of its plan
 * @param unwritten how many of them the ledger is not known to hold
 */
public record StepStatus(
        String name, List<String> needs, StepState state, boolean deep, int tables, int subtasks, int unwritten) {
    public StepStatus {
        needs = List.copyOf(needs);
    }

    StepStatus in(StepState next) {
        return new StepStatus(name, needs, next, deep, tables, subtasks, unwritten);
    }
}
