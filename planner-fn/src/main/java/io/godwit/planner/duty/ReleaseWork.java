package io.godwit.planner.duty;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Consistency;
import io.godwit.core.job.Job;
import io.godwit.core.question.SourceQuestions.ReleaseSnapshot;
import io.godwit.core.run.StepId;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Has readers let go of a run's snapshots. That they end by themselves when their holder does makes a failure bearable.
 */
public final class ReleaseWork implements DutyWork {
    private static final Logger LOG = System.getLogger(ReleaseWork.class.getName());

    private final ControlStore store;
    private final Functions functions;

    public ReleaseWork(ControlStore store, Functions functions) {
        this.store = store;
        this.functions = functions;
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        Job job = store.transact(session -> Documents.get(session, run.jobDocument(), Job.class));
        for (Job.Step step : job.steps()) {
            step.migrate().from().stream()
                    .filter(from -> from.consistency() == Consistency.RUN)
                    .map(from -> run.connections().get(from.connection()))
                    .distinct()
                    .map(document -> store.transact(session -> Documents.get(session, document, Connection.class)))
                    .forEach(source -> functions
                            .readersOf(source)
                            .releaseSnapshot(new ReleaseSnapshot(StepId.of(run.id(), step.name()))));
        }
        return (session, now) -> {};
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        LOG.log(Level.WARNING, "{0}: its snapshots end with their holder: {1}", run.id(), error.message());
    }
}
