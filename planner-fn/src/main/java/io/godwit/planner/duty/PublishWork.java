package io.godwit.planner.duty;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.planner.act.Notes;
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
import io.godwit.planner.store.SubtaskSets;
import java.util.Optional;

/** Has a step's sink publish, once it holds every subtask; then steps that need it begin. */
public final class PublishWork implements DutyWork {
    private final ControlStore store;
    private final Functions functions;
    private final RunSteering steering;
    private final Owing owing;

    public PublishWork(ControlStore store, Functions functions, RunSteering steering, Owing owing) {
        this.store = store;
        this.functions = functions;
        this.steering = steering;
        this.owing = owing;
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        StepTables step = StepTables.of(store, duty.stepId());
        Published done = functions
                .writersOf(step.sink())
                .publishSink(new PublishStep(
                        duty.stepId(),
                        step.tables(),
                        step.work().after(),
                        store.transact(session -> SubtaskSets.planned(session, duty.stepId()))));
        return (session, now) -> {
            if (!Steps.stateOf(session, duty.stepId()).equals(Optional.of(StepState.PUBLISHING))) {
                return;
            }
            Notes.record(session, duty.stepId(), done.notes());
            // It is published, whatever has become of the run meanwhile: nobody must close it.
            boolean deep = Steps.isDeep(session, duty.stepId());
            Steps.moved(session, duty.stepId(), deep ? StepState.VALIDATING : StepState.PUBLISHED);
            if (deep && now.status().isLive()) {
                owing.owe(session, duty.stepId(), DutyKind.VALIDATE);
            }
            steering.advance(session, now);
        };
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        steering.fail(session, run, error);
    }
}
