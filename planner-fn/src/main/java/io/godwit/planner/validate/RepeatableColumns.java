package io.godwit.planner.validate;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Leaves out of a comparison what no second reading would give again: columns encrypted under a random nonce. */
final class RepeatableColumns {
    private RepeatableColumns() {}

    /** The plans of one target without such columns, whichever of them has one. */
    static List<TablePlan> of(List<TablePlan> tables) {
        Set<String> random = tables.stream()
                .flatMap(table -> table.columns().stream())
                .filter(column -> column.origin() instanceof Origin.Computed computed
                        && !computed.formula().isDeterministic())
                .map(ColumnPlan::target)
                .collect(Collectors.toSet());
        return random.isEmpty()
                ? tables
                : tables.stream().map(table -> without(random, table)).toList();
    }

    private static TablePlan without(Set<String> random, TablePlan table) {
        return table.toBuilder()
                .columns(table.columns().stream()
                        .filter(column -> !random.contains(column.target()))
                        .toList())
                .build();
    }
}
