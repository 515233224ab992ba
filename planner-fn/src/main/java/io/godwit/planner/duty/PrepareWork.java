package io.godwit.planner.duty;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.planner.act.Dispatcher;
import io.godwit.planner.act.Notes;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.run.StepState;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import java.util.Optional;

/** Has a step's sink made ready; then its subtasks are dispatched. */
public final class PrepareWork implements DutyWork {
    private final ControlStore store;
    private final Functions functions;
    private final RunSteering steering;
    private final Dispatcher dispatcher;

    public PrepareWork(ControlStore store, Functions functions, RunSteering steering, Dispatcher dispatcher) {
        this.store = store;
        this.functions = functions;
        this.steering = steering;
        this.dispatcher = dispatcher;
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        StepTables step = StepTables.of(store, duty.stepId());
        Preparation done = functions
                .writersOf(step.sink())
                .prepareSink(new PrepareStep(
                        duty.stepId(), step.tables(), step.work().before()));
        return (session, now) -> {
            if (!now.status().isLive()
                    || !Steps.stateOf(session, duty.stepId()).equals(Optional.of(StepState.PREPARING))) {
                return;
            }
            Steps.prepared(session, duty.stepId());
            Notes.record(session, duty.stepId(), done.notes());
            steering.advance(session, now);
            session.afterCommit(dispatcher::dispatch);
        };
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        steering.fail(session, run, error);
    }
}
