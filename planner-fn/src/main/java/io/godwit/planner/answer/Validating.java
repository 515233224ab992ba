package io.godwit.planner.answer;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions.ValidateRun;
import io.godwit.core.question.PlannerQuestions.ValidationReport;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Steps;
import io.godwit.planner.validate.Validation;
import java.util.List;

/** Reads both sides of a completed run again. */
public final class Validating {
    private final ControlStore store;
    private final Validation validation;

    public Validating(ControlStore store, Validation validation) {
        this.store = store;
        this.validation = validation;
    }

    ValidationReport validate(ValidateRun question) {
        RunId id = question.run();
        Run run = store.transact(session -> Runs.find(session, id))
                .orElseThrow(() ->
                        new GodwitException(ErrorCode.NOT_FOUND, id + ": no such run", "List runs with: godwit runs"));
        if (run.status().state() != RunState.COMPLETED) {
            throw new GodwitException(
                    ErrorCode.RUN_STATE_REFUSES,
                    "run " + id + " is " + run.status().state() + ": only a completed one can be validated",
                    "Wait until it is COMPLETED, or retry it where it failed.");
        }
        store.transact(session -> Runs.replays(session, id)).ifPresent(first -> {
            throw new GodwitException(
                    ErrorCode.RUN_STATE_REFUSES,
                    "run " + id + " replays rows of a quarantine: there is no source to compare with",
                    "Its own proof is in its report. The run that it replays is " + first + ".");
        });
        List<StepId> steps = store.transact(session -> Steps.of(session, id)).stream()
                .map(step -> StepId.of(id, step.name()))
                .toList();
        return new ValidationReport(id, validation.compare(steps, question.limit()));
    }
}
