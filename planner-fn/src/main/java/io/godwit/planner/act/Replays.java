package io.godwit.planner.act;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Fact;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions.ReplayRun;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.planner.store.Catalog;
import io.godwit.planner.store.Catalog.CatalogJob;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes runs that replay the quarantined rows of another run. One job has one unfinished run at a time, as ever. */
public final class Replays {
    private final ControlStore store;
    private final Requests requests;

    public Replays(ControlStore store, Requests requests) {
        this.store = store;
        this.requests = requests;
    }

    /** See {@link io.godwit.core.question.PlannerQuestions#replay}. What a replay left open is its first run's. */
    public Started replay(ReplayRun question) {
        return store.transact(session -> {
            Run asked = find(session, question.run());
            Run first = find(session, Runs.replays(session, asked.id()).orElse(asked.id()));
            CatalogJob job = Catalog.lockJob(session, first.job())
                    .orElseThrow(() -> new GodwitException(
                            ErrorCode.NOT_FOUND,
                            first.job() + ": no such job in the catalog",
                            "Apply its job file first: godwit apply FILE"));
            for (Run unfinished : Runs.unfinished(session, job.name())) {
                boolean same = Runs.replays(session, unfinished.id()).equals(java.util.Optional.of(first.id()))
                        && Requests.isSame(session, unfinished, job, first.parameters());
                if (!same) {
                    throw Requests.another(session, unfinished);
                }
                return new Started(unfinished.id(), unfinished.status().state(), true);
            }
            if (first.status().state() != RunState.COMPLETED) {
                throw new GodwitException(
                        ErrorCode.RUN_STATE_REFUSES,
                        "run " + first.id() + " is " + first.status().state()
                                + ": only the quarantined rows of a completed one are replayed",
                        "Retry it: godwit retry " + first.id());
            }
            requireNewest(session, first, Documents.get(session, job.document(), Job.class));
            Run run = requests.create(session, job, Catalog.now(session), first.parameters())
                    .orElseThrow();
            Runs.replaying(session, run.id(), first.id());
            session.record(run.id(), new Fact.Replays(first.id()));
            return new Started(run.id(), run.status().state(), false);
        });
    }

    /**
     * What a later run has loaded is newer than the rows that were refused before: these would stand beside it, or take
     * its place.
     *
     * @throws GodwitException RUN_STATE_REFUSES where there is one, and a step with such rows is no mere appending
     */
    static void requireNewest(Session session, Run first, Job job) {
        RunId later = Runs.completedAfter(session, first.id()).orElse(null);
        if (later == null) {
            return;
        }
        for (Job.Step step : job.steps()) {
            for (Job.Step one : step.perTarget()) {
                StepId id = StepId.of(first.id(), one.name());
                if (Steps.hasQuarantined(session, id) && replaces(session, id, one.migrate())) {
                    throw new GodwitException(
                            ErrorCode.RUN_STATE_REFUSES,
                            "run " + later + " of the job has completed since, and step " + one.name()
                                    + " replaces rows: those of " + first.id() + " are older than what it loaded",
                            "Run the job once more, or export the rows and load them: godwit quarantine " + first.id()
                                    + " --export FOLDER");
                }
            }
        }
    }

    private static boolean replaces(Session session, StepId then, Migrate now) {
        Stream<WriteMode> before =
                Documents.getAll(session, Steps.workOf(session, then).documents(), TablePlan.class).stream()
                        .map(TablePlan::mode);
        Stream<WriteMode> since = Stream.concat(
                Stream.of(now.to().mode()),
                now.from().stream()
                        .flatMap(from -> from.tables().stream())
                        .map(Migrate.TableSelection::mode)
                        .filter(Objects::nonNull));
        return Stream.concat(before, since).anyMatch(mode -> mode.loadsAside() || mode == WriteMode.UPSERT);
    }

    private static Run find(Session session, RunId id) {
        return Runs.find(session, id)
                .orElseThrow(() ->
                        new GodwitException(ErrorCode.NOT_FOUND, id + ": no such run", "List runs with: godwit runs"));
    }
}
