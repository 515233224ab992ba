package io.godwit.planner;

import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.planner.planning.StepQuestion;
import io.godwit.planner.planning.TablePlanner;
import java.util.ArrayList;
import java.util.List;

/** Every table to one of its name, as it is. */
final class PlainTables implements TablePlanner {
    @Override
    public List<TableName> targets(StepQuestion step) {
        return step.sources().stream()
                .flatMap(source -> source.tables().stream())
                .map(TableDescription::name)
                .toList();
    }

    @Override
    public PlannedTables plan(StepQuestion step, List<TableDescription> existing) {
        List<TablePlan> plans = new ArrayList<>();
        for (StepQuestion.Described source : step.sources()) {
            for (TableDescription table : source.tables()) {
                plans.add(plan(step, source, table, plans.size()));
            }
        }
        return new PlannedTables(plans, List.of("plain"));
    }

    private static TablePlan plan(
            StepQuestion step, StepQuestion.Described source, TableDescription table, int ordinal) {
        return new TablePlan(
                step.id(),
                ordinal,
                source.connection(),
                table,
                null,
                step.snapshots().values().stream().findFirst().orElse(null),
                step.sink(),
                new TableName(null, "copy", table.name().name()),
                false,
                WriteMode.APPEND,
                CreateMode.IF_MISSING,
                List.of(),
                List.of(new ColumnPlan(
                        "id",
                        new Origin.SourceColumn("id", LogicalType.Scalar.INT8),
                        LogicalType.Scalar.INT8,
                        "bigint")),
                null,
                step.maxRowBytes());
    }
}
