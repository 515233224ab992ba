package io.godwit.connector.postgresql;

import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.Constant;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.table.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a table to be created: the source's. Where several sources share the table and nobody named a key,
 * the constants that tell the sources apart belong to it: two shards may both have a row 1.
 */
record PostgresSinkPrimaryKey(PostgresSinkTarget target) {

    /** Empty where there is none, or where a column of it may be NULL. */
    List<String> columns() {
        List<String> columns = candidate();
        return columns.stream().allMatch(target::isNeverNull) ? columns : List.of();
    }

    /** For CREATE TABLE. */
    String clause() {
        return clause(columns());
    }

    private static String clause(List<String> columns) {
        return "PRIMARY KEY (" + Quoting.identifiers(columns) + ")";
    }

    /** Adds a key to a table that stands. */
    static String sql(String table, List<String> columns) {
        return "ALTER TABLE " + table + " ADD " + clause(columns);
    }

    /**
     * Whether it may be added when the rows are there, which costs the server a third of what keeping it row by row
     * does. The source keeps the same key over the same values, so it refuses nothing but rows that changed their key
     * between two reads; these then fail the publication. Where rows are to be set aside, found by the key, deleted
     * (which a target that is itself replicated needs the key for) or touched by the job's own SQL, it cannot wait.
     */
    boolean canWait(PrepareStep question) {
        List<String> columns = columns();
        return !columns.isEmpty()
                && question.before().isEmpty()
                && !target.isShared()
                && target.mode() == WriteMode.APPEND
                && target.first().quarantine() == null
                && columns.equals(own(target.first()))
                && target.columns().stream()
                        .filter(column -> columns.contains(column.target()))
                        .allMatch(ColumnPlan::passesThrough);
    }

    private List<String> candidate() {
        List<String> named = target.first().key();
        if (target.isShared() && !named.isEmpty()) {
            return named;
        }
        List<String> own = own(target.first());
        if (own.isEmpty()) {
            return named;
        }
        if (!target.isShared()) {
            return own;
        }
        List<String> all = new ArrayList<>(own);
        boolean alike = target.plans().stream().allMatch(plan -> own(plan).equals(own));
        target.columnNames().stream()
                .filter(column -> tellsApart(column) && !own.contains(column))
                .forEach(all::add);
        return alike ? all : List.of();
    }

    /** The key of the plan's source, in the target's names. */
    private static List<String> own(TablePlan plan) {
        @Nullable Key key = plan.definition().primaryKey();
        return key == null
                ? List.of()
                : new PostgresSinkMapping(plan).targets(key.columns()).orElse(List.of());
    }

    private boolean tellsApart(String column) {
        List<Optional<ColumnPlan>> everywhere = target.plans().stream()
                .map(plan -> plan.columns().stream()
                        .filter(each -> each.target().equals(column))
                        .findFirst())
                .toList();
        boolean constant = everywhere.stream()
                .allMatch(each ->
                        each.isPresent() && each.get().origin() instanceof Constant value && value.text() != null);
        return constant
                && everywhere.stream()
                                .map(each -> each.orElseThrow().origin())
                                .collect(Collectors.toSet())
                                .size()
                        > 1;
    }
}
