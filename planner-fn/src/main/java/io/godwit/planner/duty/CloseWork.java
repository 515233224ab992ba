package io.godwit.planner.duty;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.run.RunSignal;
import io.godwit.planner.run.StepState;
import io.godwit.planner.run.StepStatus;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Duties;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.store.SubtaskSets;
import io.godwit.planner.store.Subtasks;
import io.godwit.planner.subtask.SubtaskMachine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes the sinks of a run that failed or was cancelled. The sink waits for writers that are in the middle of a
 * subtask, and says what its ledger holds after; whoever comes later is refused.
 */
public final class CloseWork implements DutyWork {
    /** A run does not wait for a sink that is away to be called FAILED; the sink is closed when it is back. */
    private static final Duration LATER = Duration.ofMinutes(5);

    private final ControlStore store;
    private final Functions functions;
    private final RunSteering steering;
    private final LedgerTruth truth;

    public CloseWork(ControlStore store, Functions functions, RunSteering steering, SubtaskMachine machine) {
        this.store = store;
        this.functions = functions;
        this.steering = steering;
        this.truth = new LedgerTruth(machine, steering);
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        boolean cancelled = run.status().state() == RunState.CANCELLED;
        Map<StepId, Ledger> ledgers = new LinkedHashMap<>();
        for (StepId step : store.transact(session -> openSteps(session, run))) {
            StepTables tables = StepTables.of(store, step);
            // Only what was given to a writer can ever be written: the rest needs no void.
            List<SubtaskId> unwritten = store.transact(session -> Subtasks.perhapsWritten(session, step));
            ledgers.put(
                    step,
                    functions
                            .writersOf(tables.sink())
                            .closeSink(new CloseStep(step, tables.sink(), cancelled, unwritten)));
        }
        return (session, now) -> closed(session, now, ledgers);
    }

    private void closed(Session session, Run run, Map<StepId, Ledger> ledgers) {
        if (run.status().isLive()) {
            return;
        }
        ledgers.forEach((step, ledger) -> {
            truth.takeOver(session, run, step, ledger);
            Steps.moved(session, step, StepState.CLOSED);
        });
        if (run.status().state() == RunState.CANCELLED) {
            SubtaskSets.voidUnwritten(session, run.id());
        } else {
            SubtaskSets.giveUpUnderWay(session, run.id());
        }
        steering.signal(session, run, RunSignal.CLOSED);
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        if (run.status().isLive()) {
            return;
        }
        steering.signal(session, run, RunSignal.CLOSED);
        if (error.code().isTransient()) {
            Duties.oweLater(session, run.id(), duty.kind(), LATER);
        }
    }

    private static List<StepId> openSteps(Session session, Run run) {
        return Steps.of(session, run.id()).stream()
                .filter(step -> step.state().isOpenInSink() || step.state() == StepState.CLOSED)
                .map(StepStatus::name)
                .map(name -> StepId.of(run.id(), name))
                .toList();
    }
}
