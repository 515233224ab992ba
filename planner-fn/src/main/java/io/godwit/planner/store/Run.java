package io.godwit.planner.store;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.run.RunId;
import io.godwit.planner.run.RunStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is stored.
 *
 * @param snapshots whether readers hold snapshots for it
 * @param jobDocument the job as it was when the run was requested
 * @param connections the document of each connection, by name, as it was then
 * @param parameters as the request gave them
 * @param concurrency subtasks read at once
 */
public record Run(
        RunId id,
        String job,
        Instant planTime,
        RunStatus status,
        boolean snapshots,
        String jobDocument,
        Map<String, String> connections,
        Map<String, String> parameters,
        int concurrency,
        @Nullable ErrorInfo error) {

    public Run in(RunStatus next) {
        return new Run(id, job, planTime, next, snapshots, jobDocument, connections, parameters, concurrency, error);
    }
}
