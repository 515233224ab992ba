package io.godwit.planner.store;

import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;

/**
 * A duty that this planner holds.
 *
 * @param step the step's name; empty where the duty is of the whole run
 * @param tries how often it came to nothing
 */
public record Duty(RunId run, DutyKind kind, String step, int tries) {

    /** The step that it is of. */
    public StepId stepId() {
        return StepId.of(run, step);
    }

    @Override
    public String toString() {
        return kind + " of " + run + (step.isEmpty() ? "" : "/" + step);
    }
}
