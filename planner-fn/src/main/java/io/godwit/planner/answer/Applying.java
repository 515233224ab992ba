package io.godwit.planner.answer;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import io.godwit.core.question.PlannerQuestions.Applied;
import io.godwit.core.question.PlannerQuestions.AppliedDocument;
import io.godwit.core.question.PlannerQuestions.AppliedDocument.Change;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.planner.act.Schedules.Cron;
import io.godwit.planner.store.Catalog;
import io.godwit.planner.store.Catalog.CatalogJob;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Session;
import io.godwit.platform.jobfile.ContentId;
import io.godwit.platform.jobfile.JobDocuments;
import io.godwit.platform.jobfile.JobFiles;
import io.godwit.platform.jobfile.KnownNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a checked job file's connections and jobs in the catalog. Applied twice, it changes nothing. */
public final class Applying {
    private final ControlStore store;
    private final Cron cron;

    public Applying(ControlStore store, Cron cron) {
        this.store = store;
        this.cron = cron;
    }

    Applied apply(JobFile file) {
        Map<String, String> known = store.transact(Catalog::connections);
        JobDocuments documents = JobFiles.parse(file.name(), file.text(), new KnownNames(null, known.keySet()));
        return store.transact(session -> {
            List<AppliedDocument> applied = new ArrayList<>();
            Map<String, String> connections = Catalog.connections(session);
            for (Connection connection : documents.connections()) {
                applied.add(keep(session, connection, connections.get(connection.name())));
            }
            for (Job job : documents.jobs()) {
                applied.add(keep(session, job, Catalog.lockJob(session, job.name())));
            }
            return new Applied(applied);
        });
    }

    private static AppliedDocument keep(Session session, Connection connection, @Nullable String before) {
        String id = "connection/" + connection.name() + "/" + ContentId.of(connection);
        if (!id.equals(before)) {
            Documents.keep(session, id, connection);
            Catalog.keepConnection(session, connection.name(), id);
        }
        return new AppliedDocument("Connection", connection.name(), change(before, id));
    }

    private AppliedDocument keep(Session session, Job job, Optional<CatalogJob> before) {
        String id = "job/" + job.name() + "/" + ContentId.of(job);
        String was = before.map(CatalogJob::document).orElse(null);
        if (!id.equals(was)) {
            Documents.keep(session, id, job);
            Job.Schedule schedule = job.schedule();
            String expression = schedule == null ? null : schedule.cron();
            String zone = schedule == null ? null : schedule.timeZone();
            Catalog.keep(
                    session,
                    new CatalogJob(job.name(), id, job.after(), expression, zone, nextDue(session, expression, zone)));
        }
        return new AppliedDocument("Job", job.name(), change(was, id));
    }

    private @Nullable Instant nextDue(Session session, @Nullable String expression, @Nullable String zone) {
        return expression == null ? null : cron.after(expression, zone == null ? "UTC" : zone, Catalog.now(session));
    }

    private static Change change(@Nullable String before, String now) {
        if (before == null) {
            return Change.NEW;
        }
        return before.equals(now) ? Change.UNCHANGED : Change.CHANGED;
    }
}
