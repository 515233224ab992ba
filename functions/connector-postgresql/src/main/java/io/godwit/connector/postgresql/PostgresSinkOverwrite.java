package io.godwit.connector.postgresql;

import io.godwit.connector.postgresql.PostgresSinkColumns.LiveColumn;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Replaces a target's rows by those that were loaded aside: all of them, by TRUNCATE; or those that fulfil the plans'
 * {@code where}, by DELETE. The condition is about the source's columns, and is asked of the columns that they became.
 */
final class PostgresSinkOverwrite {
    private final PostgresSinkSession session;
    private final PostgresSinkScript script;
    private final PostgresSinkTarget target;

    PostgresSinkOverwrite(PostgresSinkSession session, PostgresSinkScript script, PostgresSinkTarget target) {
        this.session = session;
        this.script = script;
        this.target = target;
    }

    /** @param rows that the table aside holds */
    void overwrite(long rows) throws SQLException {
        Map<String, LiveColumn> live = PostgresSinkColumns.of(session, target.name());
        String columns = target.columnNames().stream()
                .filter(column -> live.containsKey(column) && !live.get(column).generated())
                .map(Quoting::identifier)
                .collect(Collectors.joining(", "));
        // Triggers and conditions are the user's.
        session.useOwnSearchPath();
        for (String sql : emptying()) {
            script.run(sql);
        }
        long inserted = script.change("INSERT INTO " + target.sql() + " (" + columns
                + ") OVERRIDING SYSTEM VALUE SELECT " + columns + " FROM " + Quoting.table(target.loaded()));
        session.useCatalogSearchPath();
        if (inserted != rows) {
            throw new SQLException(
                    "the target took " + inserted + " rows of " + rows + ": a trigger kept rows out",
                    PostgresSinkStream.KEPT_OUT);
        }
        script.run("DROP TABLE " + Quoting.table(target.loaded()));
    }

    private List<String> emptying() throws SQLException {
        List<String> deletes = new ArrayList<>();
        for (TablePlan plan : target.plans()) {
            String condition = plan.where();
            if (condition != null) {
                deletes.add(delete(plan, condition));
            }
        }
        if (deletes.size() == target.plans().size()) {
            return deletes.stream().distinct().toList();
        }
        boolean may = session.one(
                "SELECT has_table_privilege(to_regclass(?)::oid, 'TRUNCATE')", row -> row.getBoolean(1), target.sql());
        return List.of(may ? "TRUNCATE " + target.sql() : "DELETE FROM " + target.sql());
    }

    /** Rows are found by their place, which no one changes between the two halves of one statement. */
    private String delete(TablePlan plan, String condition) {
        String where = Condition.of(condition);
        String source = Quoting.identifier(plan.definition().name().name());
        boolean sameNames = plan.columns().stream()
                .allMatch(column -> !(column.origin() instanceof SourceColumn from)
                        || from.name().equals(column.target()));
        if (sameNames) {
            return "DELETE FROM " + target.sql() + " AS " + source + " WHERE " + where;
        }
        String renamed = plan.columns().stream()
                .filter(column -> column.origin() instanceof SourceColumn)
                .map(PostgresSinkOverwrite::renamed)
                .collect(Collectors.joining(", "));
        return "DELETE FROM " + target.sql() + " WHERE (tableoid, ctid) IN (SELECT godwit_table, godwit_place FROM "
                + "(SELECT tableoid AS godwit_table, ctid AS godwit_place, " + renamed + " FROM " + target.sql()
                + ") AS "
                + source + " WHERE " + where + ")";
    }

    private static String renamed(ColumnPlan column) {
        String source = column.origin() instanceof SourceColumn from ? from.name() : column.target();
        return Quoting.identifier(column.target()) + " AS " + Quoting.identifier(source);
    }
}
