package io.godwit.planner.planning;

import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.List;

/** Matches tables, maps columns and decides types. Pure. */
public interface TablePlanner {

    /** The tables that the step would write, each once. */
    List<TableName> targets(StepQuestion step);

    /**
     * Table plans, their ordinals from 0 in order.
     *
     * @param existing those of the targets that exist
     */
    PlannedTables plan(StepQuestion step, List<TableDescription> existing);

    /** Table plans, and what a reader of the plan should know. */
    record PlannedTables(List<TablePlan> tables, List<String> notes) {}
}
