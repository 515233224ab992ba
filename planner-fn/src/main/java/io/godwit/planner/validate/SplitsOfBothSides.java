package io.godwit.planner.validate;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a source can be read by its splits, and whether these cut its target alike. */
final class SplitsOfBothSides {
    /**
     * Types whose order no collation, no setting and no database changes. Not UUIDs: SQL Server begins with their last
     * six bytes, and MariaDB puts some by their time.
     */
    private static final Set<LogicalType> COMPARE_ALIKE =
            Set.of(LogicalType.Scalar.INT2, LogicalType.Scalar.INT4, LogicalType.Scalar.INT8);

    private SplitsOfBothSides() {}

    /** One source, cut by ranges of a key: whatever it holds by now, they are all of it. */
    static boolean coverSource(List<TablePlan> tables, List<Split> splits) {
        return tables.size() == 1 && splits.size() > 1 && splits.stream().allMatch(SplitsOfBothSides::isKeyRange);
    }

    /** And its key columns pass through unchanged, and nothing is left out by a condition. */
    static boolean areComparable(List<TablePlan> tables, List<Split> splits) {
        return coverSource(tables, splits)
                && tables.get(0).where() == null
                && splits.stream().allMatch(split -> comparesAlike(tables.get(0), split));
    }

    private static boolean isKeyRange(Split split) {
        return split instanceof Split.KeyRange range
                && range.partition() == null
                && !range.columns().isEmpty();
    }

    private static boolean comparesAlike(TablePlan table, Split split) {
        return split instanceof Split.KeyRange range
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
