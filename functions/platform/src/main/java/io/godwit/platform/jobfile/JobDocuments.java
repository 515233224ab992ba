package io.godwit.platform.jobfile;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import java.util.List;

/** What a job file holds, in its order; names are unique within a kind. */
public record JobDocuments(List<Connection> connections, List<Job> jobs) {
    public JobDocuments {
        connections = List.copyOf(connections);
        jobs = List.copyOf(jobs);
    }
}
