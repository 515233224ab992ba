package io.godwit.planner.act;

import io.godwit.core.event.Fact;
import io.godwit.planner.store.Catalog;
import io.godwit.planner.store.Catalog.CatalogJob;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts what is due. Of runs that were missed while nobody ticked the latest is made up for, once; where the job's
 * last run has not ended the due one is left out, and that run's history says so. A replay is not waited out so: what
 * is due stays due until it has ended.
 */
public final class Schedules {
    private final ControlStore store;
    private final Requests requests;
    private final Cron cron;

    /** Times of a schedule. */
    public interface Cron {
        /** The first time after {@code instant}; null where there is none. */
        @Nullable
        Instant after(String expression, String timeZone, Instant instant);
    }

    public Schedules(ControlStore store, Requests requests, Cron cron) {
        this.store = store;
        this.requests = requests;
        this.cron = cron;
    }

    public void startDue() {
        store.change(session -> {
            Instant now = Catalog.now(session);
            Catalog.due(session).forEach(job -> startDue(session, job, now));
        });
    }

    private void startDue(Session session, CatalogJob job, Instant now) {
        Instant latest = job.nextDue();
        if (latest == null || job.cron() == null) {
            return;
        }
        String zone = job.timeZone() == null ? "UTC" : job.timeZone();
        Instant next = cron.after(job.cron(), zone, latest);
        while (next != null && !next.isAfter(now)) {
            latest = next;
            next = cron.after(job.cron(), zone, latest);
        }
        List<Run> unfinished = Runs.unfinished(session, job.name());
        if (unfinished.stream().anyMatch(run -> Runs.replays(session, run.id()).isPresent())) {
            return;
        }
        Catalog.nextDue(session, job.name(), next);
        if (unfinished.isEmpty()) {
            requests.create(session, job, latest, Map.of());
        } else {
            Run busy = unfinished.get(0);
            Instant left = latest;
            session.afterCommit(() -> note(busy, left));
        }
    }

    /** In a transaction of its own: runs are locked before jobs. */
    private void note(Run busy, Instant left) {
        store.change(session -> Runs.lock(session, busy.id())
                .ifPresent(run -> session.record(
                        run.id(), new Fact.Noted("the run due at " + left + " is left out: this one has not ended"))));
    }
}
