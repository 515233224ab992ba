package io.godwit.planner.planning;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import io.godwit.core.run.RunId;
import java.time.Instant;
import java.util.Map;

/** What is to be planned: a job, pinned, for one plan time. */
public record Planning(
        RunId run, Job job, Instant planTime, Map<String, String> parameters, Map<String, Connection> connections) {
    public Planning {
        parameters = Map.copyOf(parameters);
        connections = Map.copyOf(connections);
    }
}
