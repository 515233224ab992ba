package io.godwit.planner.duty;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import io.godwit.core.plan.Plan.StepPlan;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.planner.act.Dispatcher;
import io.godwit.planner.act.Notes;
import io.godwit.planner.act.RunSteering;
import io.godwit.planner.planning.Planning;
import io.godwit.planner.planning.ReplayPlanning;
import io.godwit.planner.planning.ReplayPlanning.Replay;
import io.godwit.planner.planning.RunPlanning;
import io.godwit.planner.planning.Topics;
import io.godwit.planner.run.RunSignal;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Duty;
import io.godwit.planner.store.PlannedRun;
import io.godwit.planner.store.Plans;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import java.util.HashMap;
import java.util.Map;

/** Plans a run: asks readers and writers, and stores everything that the run will do before anything is done. */
public final class PlanWork implements DutyWork {
    private final ControlStore store;
    private final RunPlanning planning;
    private final ReplayPlanning replays;
    private final Topics topics;
    private final RunSteering steering;
    private final Dispatcher dispatcher;

    public PlanWork(
            ControlStore store,
            RunPlanning planning,
            ReplayPlanning replays,
            Topics topics,
            RunSteering steering,
            Dispatcher dispatcher) {
        this.store = store;
        this.planning = planning;
        this.replays = replays;
        this.topics = topics;
        this.steering = steering;
        this.dispatcher = dispatcher;
    }

    @Override
    public Completion perform(Duty duty, Run run) {
        store.change(session ->
                Runs.lock(session, run.id()).ifPresent(now -> steering.signal(session, now, RunSignal.PLANNING_BEGUN)));
        Planning question = store.transact(session -> questionOf(session, run));
        RunId replayed =
                store.transact(session -> Runs.replays(session, run.id())).orElse(null);
        if (replayed == null && RunPlanning.holdsSnapshots(question.job())) {
            // Before they are held: whatever happens then, somebody lets go of them.
            store.change(session -> Runs.willHoldSnapshots(session, run.id()));
        }
        Replay replay = replayed == null ? null : replays.plan(question, replayed);
        PlannedRun planned = replay == null ? planning.plan(question, true) : replay.run();
        // No step shall have changed its sink when a later one is found to be refused by its own.
        planning.rehearse(planned.plan());
        topics.ensureFor(planned.routes());
        return (session, now) -> {
            if (now.status().state() != RunState.PLANNING) {
                return;
            }
            Plans.store(session, planned);
            if (replay != null) {
                replay.documents().forEach((id, document) -> Documents.keep(session, id, document));
            }
            for (StepPlan step : planned.plan().steps()) {
                Notes.record(session, step.id(), step.notes());
            }
            steering.signal(session, now, RunSignal.PLANNED);
            session.afterCommit(dispatcher::dispatch);
        };
    }

    @Override
    public void failed(Session session, Run run, Duty duty, ErrorInfo error) {
        steering.fail(session, run, error);
    }

    private static Planning questionOf(Session session, Run run) {
        Map<String, Connection> connections = new HashMap<>();
        run.connections()
                .forEach((name, document) -> connections.put(name, Documents.get(session, document, Connection.class)));
        Job job = Documents.get(session, run.jobDocument(), Job.class);
        return new Planning(run.id(), job, run.planTime(), run.parameters(), connections);
    }
}
