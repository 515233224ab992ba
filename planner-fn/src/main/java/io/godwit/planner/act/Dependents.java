package io.godwit.planner.act;

import io.godwit.planner.store.Catalog;
import io.godwit.planner.store.Catalog.CatalogJob;
import io.godwit.planner.store.Run;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import java.util.Map;

/** Jobs that run after others: for a plan time for which all that they wait for have completed a run. */
public final class Dependents {
    private final Requests requests;

    public Dependents(Requests requests) {
        this.requests = requests;
    }

    /** Starts those that waited for this run alone. Its state is stored. */
    void start(Session session, Run completed) {
        if (Runs.replays(session, completed.id()).isPresent()) {
            return; // of a run that completed, and started them then
        }
        for (CatalogJob job : Catalog.jobsAfter(session, completed.job())) {
            if (Runs.allCompleted(session, job.upstream(), completed)) {
                requests.create(session, job, completed.planTime(), Map.of());
            }
        }
    }
}
