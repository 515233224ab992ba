package io.godwit.planner.act;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RunRequested;
import io.godwit.core.event.Fact;
import io.godwit.core.job.Job;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.planner.run.RunStatus;
import io.godwit.planner.store.Catalog;
import io.godwit.planner.store.Catalog.CatalogJob;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.DutyKind;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes runs: one for a job and a plan time, however often it is asked for. */
public final class Requests {
    private static final Logger LOG = System.getLogger(Requests.class.getName());

    private final ControlStore store;
    private final Owing owing;
    private final int concurrency;

    /** @param concurrency of jobs that state none */
    public Requests(ControlStore store, Owing owing, int concurrency) {
        this.store = store;
        this.owing = owing;
        this.concurrency = concurrency;
    }

    /** A run of a job for a plan time was requested. Of an unknown job: nothing. */
    public void requested(RunRequested event) {
        store.change(session -> {
            Optional<CatalogJob> job = Catalog.lockJob(session, event.job());
            if (job.isEmpty()) {
                LOG.log(Level.WARNING, "run {0} was requested, but there is no such job", event.subject());
                return;
            }
            create(session, job.get(), event.planTime(), event.parameters());
        });
    }

    /**
     * Starts a run, or goes on with the job's unfinished one, where it is of the same documents and parameters.
     *
     * @throws GodwitException NOT_FOUND for an unknown job; RUN_STATE_REFUSES where another run of the job has not
     *     ended
     */
    public Started start(StartRun question) {
        return store.transact(session -> {
            CatalogJob job = Catalog.lockJob(session, question.job()).orElseThrow(() -> unknown(question.job()));
            Instant planTime = question.planTime() == null ? Catalog.now(session) : question.planTime();
            Optional<Run> same = Runs.find(session, RunId.of(job.name(), planTime));
            if (same.isPresent()) {
                return new Started(same.get().id(), same.get().status().state(), true);
            }
            List<Run> unfinished = Runs.unfinished(session, job.name());
            for (Run run : unfinished) {
                // A replay loads nothing of what a run of the job does.
                if (question.planTime() == null
                        && Runs.replays(session, run.id()).isEmpty()
                        && isSame(session, run, job, question.parameters())) {
                    return new Started(run.id(), run.status().state(), true);
                }
            }
            if (!unfinished.isEmpty()) {
                throw another(session, unfinished.get(0));
            }
            Run run = create(session, job, planTime, question.parameters()).orElseThrow();
            return new Started(run.id(), run.status().state(), false);
        });
    }

    /**
     * A new run, and the duty to plan it; empty where there is one of the job and plan time. The job's row is locked.
     */
    Optional<Run> create(Session session, CatalogJob job, Instant planTime, Map<String, String> parameters) {
        Instant millis = planTime.truncatedTo(ChronoUnit.MILLIS);
        Job definition = Documents.get(session, job.document(), Job.class);
        Run run = new Run(
                RunId.of(job.name(), millis),
                job.name(),
                millis,
                new RunStatus(RunState.REQUESTED, false, false),
                false,
                job.document(),
                connectionsOf(session, definition),
                parameters,
                definition.concurrency() == null ? concurrency : definition.concurrency(),
                null);
        if (!Runs.insert(session, run)) {
            return Optional.empty();
        }
        session.record(run.id(), new Fact.StateChanged(job.name(), millis, RunState.REQUESTED, null));
        owing.owe(session, run.id(), DutyKind.PLAN);
        return Optional.of(run);
    }

    static boolean isSame(Session session, Run run, CatalogJob job, Map<String, String> parameters) {
        Job definition = Documents.get(session, job.document(), Job.class);
        return run.jobDocument().equals(job.document())
                && run.connections().equals(connectionsOf(session, definition))
                && run.parameters().equals(parameters)
                && !run.status().failing();
    }

    /** The documents of the connections that the job names, as the catalog has them now. */
    private static Map<String, String> connectionsOf(Session session, Job job) {
        Map<String, String> documents = Catalog.connections(session);
        documents.keySet().retainAll(Connections.namedBy(job));
        return documents;
    }

    private static GodwitException unknown(String job) {
        return new GodwitException(
                ErrorCode.NOT_FOUND,
                job + ": no such job in the catalog",
                "Apply its job file first: godwit apply FILE");
    }

    static GodwitException another(Session session, Run run) {
        String what = Runs.replays(session, run.id())
                .map(first -> "a replay of rows that run " + first + " quarantined")
                .orElse("of another definition, plan time or parameters");
        return new GodwitException(
                ErrorCode.RUN_STATE_REFUSES,
                "job %s: its run %s is %s, and %s"
                        .formatted(run.job(), run.id(), run.status().state(), what),
                "Wait until it has ended, or end it: godwit cancel " + run.id());
    }
}
