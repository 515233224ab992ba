package io.godwit.planner.validate;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Key;
import java.util.ArrayList;
import java.util.List;

/** Sees to it that several sources of one target, and the target, spread rows over buckets by the same columns. */
final class CommonKey {
    private CommonKey() {}

    /** The plans as they are where they agree; else with all columns for a key. */
    static List<TablePlan> of(List<TablePlan> tables) {
        List<String> first = keyOf(tables.get(0));
        if (tables.stream().allMatch(table -> keyOf(table).equals(first))) {
            return tables;
        }
        List<String> all =
                tables.get(0).columns().stream().map(ColumnPlan::target).toList();
        return tables.stream().map(table -> table.toBuilder().key(all).build()).toList();
    }

    /** As readers and writers choose it: the plan's key, else the source's primary key where all of it is mapped. */
    private static List<String> keyOf(TablePlan table) {
        Key primary = table.definition().primaryKey();
        if (!table.key().isEmpty() || primary == null) {
            return table.key();
        }
        List<String> targets = new ArrayList<>();
        for (String column : primary.columns()) {
            table.columns().stream()
                    .filter(plan -> plan.origin() instanceof Origin.SourceColumn from
                            && from.name().equals(column))
                    .findFirst()
                    .ifPresent(plan -> targets.add(plan.target()));
        }
        return targets.size() == primary.columns().size() ? targets : List.of();
    }
}
