package io.godwit.connector.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.RowHash;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One target table of a step, and the plans that load it: one, or one per shard.
 *
 * @param name with its schema, without its database
 * @param plans at least one, all of one write mode
 */
record PostgresSinkTarget(TableName name, List<TablePlan> plans) {
    PostgresSinkTarget {
        plans = List.copyOf(plans);
    }

    /** The targets of the plans, in the order of their first plan. */
    static List<PostgresSinkTarget> of(List<TablePlan> plans) {
        Map<TableName, List<TablePlan>> byName = new LinkedHashMap<>();
        plans.forEach(plan ->
                byName.computeIfAbsent(name(plan), name -> new ArrayList<>()).add(plan));
        List<PostgresSinkTarget> targets = new ArrayList<>();
        byName.forEach((name, shared) -> targets.add(checked(new PostgresSinkTarget(name, shared))));
        return targets;
    }

    private static PostgresSinkTarget checked(PostgresSinkTarget target) {
        if (target.plans.stream().anyMatch(plan -> plan.mode() != target.mode())) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    target.name.display() + ": two sources of one step load it in different modes",
                    "Give all that goes into one table the same mode, or make two steps of it.");
        }
        return target;
    }

    /** The target's name in full, as this database knows it. */
    static TableName name(TablePlan plan) {
        return new TableName(null, Quoting.schema(plan.target()), plan.target().name());
    }

    /** The table that subtasks of the plan are written into: the target, or one aside. */
    static TableName loaded(TablePlan plan) {
        return plan.mode().loadsAside() ? aside(plan) : name(plan);
    }

    /** Stands in the target's schema, so that publishing need only rename it. One per step and target. */
    private static TableName aside(TablePlan plan) {
        byte[] id = (plan.step() + "/" + name(plan)).getBytes(UTF_8);
        String hash = String.format("%016x", RowHash.of(id, 0, id.length));
        return new TableName(null, Quoting.schema(plan.target()), "godwit_load_" + hash);
    }

    TablePlan first() {
        return plans.get(0);
    }

    WriteMode mode() {
        return first().mode();
    }

    TableName loaded() {
        return loaded(first());
    }

    /** Whether rows of several sources meet in it. */
    boolean isShared() {
        return plans.size() > 1;
    }

    String schema() {
        return Quoting.schema(name);
    }

    /** For SQL. */
    String sql() {
        return Quoting.table(name);
    }

    /** Every column that a plan writes, each once, those of the first plan first. */
    List<ColumnPlan> columns() {
        Map<String, ColumnPlan> columns = new LinkedHashMap<>();
        plans.forEach(plan -> plan.columns().forEach(column -> columns.putIfAbsent(column.target(), column)));
        return List.copyOf(columns.values());
    }

    List<String> columnNames() {
        return columns().stream().map(ColumnPlan::target).toList();
    }

    /** Whether no plan can put a NULL there. */
    boolean isNeverNull(String name) {
        return plans.stream()
                .allMatch(plan -> plan.columns().stream()
                        .filter(column -> column.target().equals(name))
                        .anyMatch(column -> column.origin() instanceof Origin.Constant constant
                                ? constant.text() != null
                                : new PostgresSinkMapping(plan)
                                        .origin(column)
                                        .filter(Predicate.not(Column::nullable))
                                        .isPresent()));
    }
}
