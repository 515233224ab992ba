package io.godwit.planner.duty;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.LedgerQuestion;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.run.StepStatus;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.subtask.SubtaskMachine;

/**
 * Asks what a step's ledger holds, after an event said of the sink what the planner did not expect: that the step is
 * closed while the planner holds it for open, or that a subtask is written which it does not know for announced.
 */
public final class ReconcileWork implements DutyWork {
    private final ControlStore store;
    private final Functions functions;
    private final RunSteering steering;
    private final LedgerTruth truth;

    public ReconcileWork(ControlStore store, Functions functions, RunSteering steering, SubtaskMachine machine) {
        this.store = store;
        this.functions = functions;
        this.steering = steering;
        this.truth = new LedgerTruth(machine, steering);
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        StepTables tables = StepTables.of(store, duty.stepId());
        Ledger ledger =
                functions.writersOf(tables.sink()).ledgerOfSink(new LedgerQuestion(duty.stepId(), tables.sink()));
        return (session, now) -> reconciled(session, now, duty, ledger);
    }

    private void reconciled(Session session, Run run, Duty duty, Ledger ledger) {
        if (!run.status().isLive()) {
            return;
        }
        Run now = truth.takeOver(session, run, duty.stepId(), ledger);
        int unwritten = Steps.of(session, run.id()).stream()
                .filter(step -> step.name().equals(duty.step()))
                .mapToInt(StepStatus::unwritten)
                .sum();
        if (unwritten == 0) {
            steering.advance(session, now);
        } else if (ledger.run() != RunRow.OPEN) {
            steering.fail(session, now, closed(duty, unwritten));
        }
    }

    private static ErrorInfo closed(Duty duty, int unwritten) {
        return new ErrorInfo(
                ErrorCode.RUN_CLOSED,
                "step %s: its sink refuses it as ended, with %d subtasks not written"
                        .formatted(duty.stepId(), unwritten),
                "Retry the run: it reopens the step; or start a new one.");
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        steering.fail(session, run, error);
    }
}
