package io.godwit.core.row;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.type.LogicalType;
import java.util.List;

/** One column of a batch's column list: the target's name, and the type whose layout the fields have. */
public record WireColumn(String name, LogicalType type) {

    /** The column list of batches under a plan. */
    public static List<WireColumn> of(List<ColumnPlan> columns) {
        return columns.stream()
                .map(column -> new WireColumn(column.target(), column.wireType()))
                .toList();
    }
}
