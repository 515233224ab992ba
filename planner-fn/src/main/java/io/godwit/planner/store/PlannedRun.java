package io.godwit.planner.store;

import io.godwit.core.plan.Plan;
import io.godwit.core.run.StepId;
import io.godwit.planner.dispatch.Route;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan, and what the planner keeps beside it.
 *
 * @param terms of each step
 * @param routes between the connections of each step's tables
 * @param reached how far an incremental table is read, by the table plan's id
 * @param resolved all parameters with their values
 */
public record PlannedRun(
        Plan plan,
        Map<StepId, StepTerms> terms,
        List<Route> routes,
        Map<String, Reached> reached,
        Map<String, String> resolved) {
    public PlannedRun {
        terms = Map.copyOf(terms);
        routes = List.copyOf(routes);
        reached = Map.copyOf(reached);
        resolved = Map.copyOf(resolved);
    }

    /**
     * What a step is held to.
     *
     * @param bearableRows quarantined rows that are borne; null: no limit of that kind
     * @param bearablePercent of the rows read, 0 to 100; null: no limit of that kind
     * @param deep whether both sides are read again once it is published
     */
    public record StepTerms(
            @Nullable Long bearableRows, @Nullable Double bearablePercent, boolean deep) {}

    /**
     * How far an incremental table is read.
     *
     * @param source connection and table
     * @param value in the source's text form, included
     */
    public record Reached(String source, String column, String value) {}
}
