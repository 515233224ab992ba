package io.godwit.planner.validate;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a source's splits cut its target alike. */
final class SplitsOfBothSides {
    /** Types whose order no collation and no setting changes. */
    private static final Set<LogicalType> COMPARE_ALIKE =
            Set.of(LogicalType.Scalar.INT2, LogicalType.Scalar.INT4, LogicalType.Scalar.INT8, LogicalType.Scalar.UUID);

    private SplitsOfBothSides() {}

    /** One source, cut by ranges of key columns that pass through unchanged, and nothing left out by a condition. */
    static boolean areComparable(List<TablePlan> tables, List<Split> splits) {
        return tables.size() == 1
                && tables.get(0).where() == null
                && splits.size() > 1
                && splits.stream().allMatch(split -> isKeyRange(tables.get(0), split));
    }

    private static boolean isKeyRange(TablePlan table, Split split) {
        return split instanceof Split.KeyRange range
                && range.partition() == null
                && !range.columns().isEmpty()
                && range.columns().stream().allMatch(column -> comparesAlike(table, column));
    }

    private static boolean comparesAlike(TablePlan table, String column) {
        Optional<ColumnPlan> passed = table.columns().stream()
                .filter(plan -> plan.origin() instanceof Origin.SourceColumn from
                        && from.name().equals(column))
                .filter(ColumnPlan::passesThrough)
                .findFirst();
        return passed.map(plan -> COMPARE_ALIKE.contains(plan.wireType())).orElse(false);
    }
}
