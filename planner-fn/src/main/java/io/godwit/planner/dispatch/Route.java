package io.godwit.planner.dispatch;

import io.godwit.core.run.StepId;
import java.util.List;

/**
 * From where to where a step moves rows.
 *
 * @param source connection
 * @param sink connection
 * @param pools that reach both
 * @param maxReads of the source at once, over all runs
 * @param maxWrites of the sink at once, over all runs
 * @param concurrency reads of the run at once
 */
public record Route(
        StepId step, String source, String sink, List<String> pools, int maxReads, int maxWrites, int concurrency) {
    public Route {
        pools = List.copyOf(pools);
    }
}
