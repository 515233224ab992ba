package io.godwit.connector.mysql;

import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.RowHash;
import io.godwit.core.run.StepId;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One table that a step loads, from one source table or from many. */
record MySqlSinkTarget(TableName name, List<TablePlan> plans) {

    static List<MySqlSinkTarget> of(List<TablePlan> tables) {
        Map<TableName, List<TablePlan>> byName = new LinkedHashMap<>();
        tables.forEach(plan ->
                byName.computeIfAbsent(name(plan), name -> new ArrayList<>()).add(plan));
        List<MySqlSinkTarget> targets = new ArrayList<>();
        byName.forEach((name, plans) -> targets.add(new MySqlSinkTarget(name, List.copyOf(plans))));
        return targets;
    }

    /** In the session's own database. */
    static TableName name(TablePlan plan) {
        return new TableName(null, null, plan.target().name());
    }

    TablePlan first() {
        return plans.get(0);
    }

    WriteMode mode() {
        return first().mode();
    }

    List<ColumnPlan> columns() {
        return first().columns();
    }

    String sql() {
        return Quoting.table(name);
    }

    /** Where the rows go until the step is published. */
    TableName loaded() {
        return mode().loadsAside() ? other("aside") : name;
    }

    /** What a swap leaves of the table that was there, until it is certain. */
    TableName replaced() {
        return other("old");
    }

    private TableName other(String what) {
        StepId step = first().step();
        byte[] whole = (step + "\n" + name.name()).getBytes(StandardCharsets.UTF_8);
        return new TableName(null, null, String.format("godwit_%016x_%s", RowHash.of(whole, 0, whole.length), what));
    }

    /** The columns of the primary key that a created table gets: the plan's, or the source's where all come along. */
    List<String> key() {
        if (!first().key().isEmpty()) {
            return first().key();
        }
        Key source = first().definition().primaryKey();
        if (plans.size() > 1 || source == null) {
            return List.of();
        }
        List<String> key = new ArrayList<>();
        for (String column : source.columns()) {
            String target = target(column);
            if (target == null) {
                return List.of();
            }
            key.add(target);
        }
        return key;
    }

    /** The column that a source's column goes into; null: it does not come along. */
    @Nullable
    String target(String sourceColumn) {
        return target(first(), sourceColumn);
    }

    static @Nullable String target(TablePlan plan, String sourceColumn) {
        for (ColumnPlan column : plan.columns()) {
            if (column.origin() instanceof Origin.SourceColumn source
                    && source.name().equals(sourceColumn)) {
                return column.target();
            }
        }
        return null;
    }
}
