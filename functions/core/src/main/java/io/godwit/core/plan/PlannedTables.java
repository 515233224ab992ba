package io.godwit.core.plan;

import java.util.List;

/** Table plans, their ordinals from 0 in order, and what a reader of the plan should know. */
public record PlannedTables(List<TablePlan> tables, List<String> notes) {
    public PlannedTables {
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
    }
}
