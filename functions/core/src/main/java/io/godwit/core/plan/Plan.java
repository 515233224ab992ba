package io.godwit.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.job.Consistency;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run will do, stored before anything is done.
 *
 * @param steps in an order in which each comes after those that it needs
 */
public record Plan(RunId run, List<StepPlan> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * One migrate step.
     *
     * @param needs names of steps that must be published before
     * @param consistency across what its rows are of one moment
     * @param before SQL on the target before the load
     * @param after SQL on the target in the transaction that publishes
     * @param notes what a reader of the plan should know, in plain words: tables left out, drift, types widened
     * @param together the first of the steps that get the same rows from one reading, by name; null: it is read alone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StepPlan(
            StepId id,
            List<String> needs,
            Consistency consistency,
            List<PlannedTable> tables,
            List<String> before,
            List<String> after,
            List<String> notes,
            @Nullable String together) {
        public StepPlan {
            needs = List.copyOf(needs);
            tables = List.copyOf(tables);
            before = List.copyOf(before);
            after = List.copyOf(after);
            notes = List.copyOf(notes);
        }
    }

    /** A table plan and the splits of its source: one subtask each, in this order. */
    public record PlannedTable(TablePlan table, List<PlannedSplit> splits) {
        public PlannedTable {
            splits = List.copyOf(splits);
        }
    }
}
