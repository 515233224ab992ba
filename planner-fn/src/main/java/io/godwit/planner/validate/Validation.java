package io.godwit.planner.validate;

import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions.TableComparison;
import io.godwit.core.run.StepId;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Steps;
import io.godwit.planner.store.SubtaskSets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the tables of steps of a run. */
public final class Validation {
    private final ControlStore store;
    private final Functions functions;

    public Validation(ControlStore store, Functions functions) {
        this.store = store;
        this.functions = functions;
    }

    /** Each target of the steps against its sources, naming at most {@code limit} differences per target. */
    public List<TableComparison> compare(List<StepId> steps, int limit) {
        Map<String, List<TablePlan>> byTarget = new LinkedHashMap<>();
        for (StepId step : steps) {
            for (TablePlan table : tablesOf(step)) {
                byTarget.computeIfAbsent(table.sink().name() + ": " + table.target(), target -> new ArrayList<>())
                        .add(table);
            }
        }
        List<TableComparison> comparisons = new ArrayList<>();
        for (List<TablePlan> tables : byTarget.values()) {
            List<Split> splits = tables.size() == 1
                    ? store.transact(session -> SubtaskSets.splits(session, tables.get(0)))
                    : List.of();
            comparisons.add(new TargetComparison(
                            functions, new RefusedBySink(store, functions), new ReplayedRows(store), tables, limit)
                    .compare(splits));
        }
        return comparisons;
    }

    private List<TablePlan> tablesOf(StepId step) {
        return store.transact(
                session -> Documents.getAll(session, Steps.workOf(session, step).documents(), TablePlan.class));
    }
}
