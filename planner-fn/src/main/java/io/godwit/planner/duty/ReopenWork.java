package io.godwit.planner.duty;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.planner.act.Dispatcher;
import io.godwit.planner.act.Owing;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.run.StepState;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.DutyKind;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.store.Subtasks;
import io.godwit.planner.subtask.SubtaskMachine;
import java.util.List;
import java.util.Optional;

/** Has the sink take a failed step again, and goes on from what its ledger holds. */
public final class ReopenWork implements DutyWork {
    private final ControlStore store;
    private final Functions functions;
    private final RunSteering steering;
    private final Owing owing;
    private final LedgerTruth truth;
    private final Dispatcher dispatcher;

    public ReopenWork(
            ControlStore store,
            Functions functions,
            RunSteering steering,
            Owing owing,
            SubtaskMachine machine,
            Dispatcher dispatcher) {
        this.store = store;
        this.functions = functions;
        this.steering = steering;
        this.owing = owing;
        this.truth = new LedgerTruth(machine, steering);
        this.dispatcher = dispatcher;
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        StepTables tables = StepTables.of(store, duty.stepId());
        List<SubtaskId> voided = store.transact(session -> Subtasks.perhapsWritten(session, duty.stepId()));
        Ledger ledger = functions
                .writersOf(tables.sink())
                .reopenSink(new CloseStep(duty.stepId(), tables.sink(), false, voided));
        return (session, now) -> reopened(session, now, duty.stepId(), ledger);
    }

    private void reopened(Session session, Run run, StepId step, Ledger ledger) {
        if (!run.status().isLive() || !Steps.stateOf(session, step).equals(Optional.of(StepState.REOPENING))) {
            return;
        }
        truth.giveBackLost(session, step, ledger);
        Run now = truth.takeOver(session, run, step, ledger);
        if (!now.status().isLive()) {
            return;
        }
        if (Steps.isPrepared(session, step)) {
            Steps.moved(session, step, StepState.OPEN);
        } else {
            Steps.moved(session, step, StepState.PREPARING);
            owing.owe(session, step, DutyKind.PREPARE);
        }
        steering.advance(session, now);
        session.afterCommit(dispatcher::dispatch);
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        steering.fail(session, run, error);
    }
}
