package io.godwit.planner.duty;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.question.PlannerQuestions.TableComparison;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.run.StepState;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.validate.Validation;
import java.util.List;
import java.util.Optional;

/** Reads both sides of a published step again, as its job asks ({@code validate: deep}). */
public final class ValidateWork implements DutyWork {
    private static final int NAMED = 10;

    private final Validation validation;
    private final RunSteering steering;

    public ValidateWork(Validation validation, RunSteering steering) {
        this.validation = validation;
        this.steering = steering;
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        List<TableComparison> differing = validation.compare(List.of(duty.stepId()), NAMED).stream()
                .filter(table -> table.differences() > 0)
                .toList();
        return (session, now) -> {
            if (!now.status().isLive()
                    || !Steps.stateOf(session, duty.stepId()).equals(Optional.of(StepState.VALIDATING))) {
                return;
            }
            if (differing.isEmpty()) {
                Steps.moved(session, duty.stepId(), StepState.PUBLISHED);
                steering.advance(session, now);
            } else {
                steering.fail(session, now, differs(duty, differing));
            }
        };
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        steering.fail(session, run, error);
    }

    private static ErrorInfo differs(Duty duty, List<TableComparison> differing) {
        TableComparison first = differing.get(0);
        return new ErrorInfo(
                ErrorCode.ROWS_DIFFER,
                "step %s: %d tables differ from their sources; %s in %d rows, the first: %s"
                        .formatted(duty.stepId(), differing.size(), first.target(), first.differences(), first.named()),
                "See all with: godwit validate " + duty.run());
    }
}
