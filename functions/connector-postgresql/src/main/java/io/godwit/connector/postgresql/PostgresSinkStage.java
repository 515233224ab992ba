package io.godwit.connector.postgresql;

import io.godwit.connector.postgresql.PostgresSinkColumns.LiveColumn;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tuples that need a cast, or that meet rows: they are copied into a temporary table, and go on from there in one
 * INSERT.
 *
 * <p>Rows meet one after the other, as if each were written by itself: of two rows with one key in one subtask the
 * later wins under upsert, the earlier under ignore. Rows whose key holds a NULL meet nobody.
 */
final class PostgresSinkStage implements PostgresSinkRoute {
    private static final String TABLE = "pg_temp.\"godwit_stage\"";
    private static final String NOTHING = "NOTHING";
    private static final String SAME_ROW_TWICE = "21000";

    private final PostgresSinkSession session;
    private final String insert;
    private final String meeting;
    private final String isLast;
    private final boolean countsAll;

    private PostgresSinkStage(PostgresSinkSession session, TablePlan plan, String insert, String meeting) {
        this.session = session;
        this.insert = insert;
        this.meeting = meeting;
        this.isLast = isLast(plan.key());
        // Rows that are kept out on purpose are not counted, and nobody can tell them from others.
        this.countsAll = !meeting.endsWith(NOTHING);
    }

    static PostgresSinkStage create(
            PostgresSinkSession session, TableName table, TablePlan plan, Map<ColumnPlan, LiveColumn> columns)
            throws SQLException {
        List<String> stage = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        columns.forEach((column, live) -> {
            boolean asItIs = PostgresSinkLayout.reads(live, column.wireType());
            String name = Quoting.identifier(column.target());
            stage.add(name + " " + (asItIs ? live.nativeType() : PostgresSinkLayout.nativeType(column.wireType())));
            // A generated column is the target's own affair.
            if (!live.generated()) {
                names.add(name);
                values.add("s." + name + (asItIs ? "" : "::" + live.nativeType()));
            }
        });
        session.run("CREATE TEMPORARY TABLE \"godwit_stage\" (" + String.join(", ", stage) + ") ON COMMIT DROP");
        String insert = "INSERT INTO " + Quoting.table(table) + " AS t (" + String.join(", ", names)
                + ") OVERRIDING SYSTEM VALUE SELECT " + String.join(", ", values) + " FROM " + TABLE + " s";
        return new PostgresSinkStage(session, plan, insert, meeting(plan, columns));
    }

    /** What happens to a row whose key is there. */
    private static String meeting(TablePlan plan, Map<ColumnPlan, LiveColumn> columns) {
        if (!plan.mode().needsKey()) {
            return "";
        }
        String conflict = " ON CONFLICT (" + Quoting.identifiers(plan.key()) + ") DO ";
        List<String> others = columns.values().stream()
                .filter(column ->
                        !column.generated() && !column.always() && !plan.key().contains(column.name()))
                .map(column -> Quoting.identifier(column.name()))
                .toList();
        return plan.mode() == WriteMode.IGNORE || others.isEmpty()
                ? conflict + NOTHING
                : conflict + "UPDATE SET "
                        + others.stream()
                                .map(name -> name + " = EXCLUDED." + name)
                                .collect(Collectors.joining(", "));
    }

    /** Into a table made in its own transaction COPY only appends: places are in the order of the rows. */
    private static String isLast(List<String> key) {
        return "(NOT EXISTS (SELECT FROM " + TABLE + " later WHERE later.ctid > s.ctid"
                + key.stream()
                        .map(Quoting::identifier)
                        .map(name -> " AND later." + name + " = s." + name)
                        .collect(Collectors.joining())
                + "))";
    }

    @Override
    public String copySql() {
        return "COPY " + TABLE + " FROM STDIN (FORMAT binary)";
    }

    @Override
    public long merge(long copied) throws SQLException {
        long taken = insert();
        session.run("TRUNCATE " + TABLE);
        return countsAll ? taken : copied;
    }

    private long insert() throws SQLException {
        session.run("SAVEPOINT merge");
        try {
            long taken = session.change(insert + meeting);
            session.run("RELEASE SAVEPOINT merge");
            return taken;
        } catch (SQLException e) {
            if (!SAME_ROW_TWICE.equals(e.getSQLState())) {
                throw e;
            }
            session.run("ROLLBACK TO SAVEPOINT merge");
        }
        long earlier = session.one("SELECT count(*) FROM " + TABLE + " s WHERE NOT " + isLast, row -> row.getLong(1));
        return session.change(insert + " WHERE " + isLast + meeting) + earlier;
    }
}
