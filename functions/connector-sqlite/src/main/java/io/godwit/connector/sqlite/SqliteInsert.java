package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.jdbc.sink.SinkTransaction;
import io.godwit.connector.sqlite.SqliteValues.RefusedValueException;
import io.godwit.connector.sqlite.SqliteValues.Value;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.TableName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts rows of a chunk into the target, one after the other, by one prepared statement: of equal keys the last wins, or
 * the first where rows that are there are kept. ABORT stands against what the table's own definition may say of
 * conflicts.
 */
final class SqliteInsert implements SinkTransaction.Load {
    /** Rows that the driver holds before it puts them in. */
    private static final int BATCH = 256;

    private final PreparedStatement statement;
    private final Value[] values;
    private final boolean keepsOut;
    /** Of the column of whose NULLs SQLite would make numbers. */
    private final int numbered;

    SqliteInsert(SqliteSession session, SinkTarget target) throws SQLException {
        TablePlan plan = target.first();
        List<ColumnPlan> columns = plan.columns();
        this.values = columns.stream()
                .map(column -> SqliteValues.of(column.wireType(), column.targetNativeType()))
                .toArray(Value[]::new);
        this.numbered = numbered(session, target.loaded(), columns);
        this.keepsOut = plan.mode() == WriteMode.IGNORE;
        String conflict = !plan.mode().needsKey()
                ? ""
                : " ON CONFLICT (" + Quoting.identifiers(plan.key()) + ") DO "
                        + (keepsOut ? "NOTHING" : "UPDATE SET " + changes(columns));
        this.statement = session.jdbc()
                .prepareStatement("INSERT OR ABORT INTO " + Quoting.table(target.loaded()) + " (" + names(columns)
                        + ") VALUES (" + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")"
                        + conflict);
    }

    /** The place of the column that is another name of the rows' numbers; -1 where none is. */
    private static int numbered(SqliteSession session, TableName table, List<ColumnPlan> columns) throws SQLException {
        List<String> names = columns.stream().map(ColumnPlan::target).toList();
        return new SqliteCatalog(session, "", false, true)
                .describe(List.of(table)).stream()
                        .flatMap(described -> described.columns().stream())
                        .filter(column -> column.identity() != null)
                        .mapToInt(column -> names.indexOf(column.name()))
                        .findFirst()
                        .orElse(-1);
    }

    private static String changes(List<ColumnPlan> columns) {
        return columns.stream()
                .map(column -> Quoting.identifier(column.target()))
                .map(name -> name + " = excluded." + name)
                .collect(Collectors.joining(", "));
    }

    /** {@code a, b}, for a statement about the same columns. */
    static String names(List<ColumnPlan> columns) {
        return Quoting.identifiers(columns.stream().map(ColumnPlan::target).toList());
    }

    @Override
    public void load(Chunk chunk, int from, int to) throws SQLException {
        try {
            int held = 0;
            for (int row = from; row < to; row++) {
                bind(chunk.fields(row));
                statement.addBatch();
                if (++held == BATCH) {
                    flush();
                    held = 0;
                }
            }
            if (held > 0) {
                flush();
            }
        } finally {
            statement.clearBatch();
        }
    }

    private void bind(TupleFields fields) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (!fields.isNull(i)) {
                try {
                    statement.setObject(i + 1, values[i].of(fields.bytes(), fields.offset(i), fields.length(i)));
                } catch (RefusedValueException e) {
                    throw refused("the column cannot hold " + e.getMessage());
                }
            } else if (i == numbered) {
                throw refused("NULL in the column that numbers the rows");
            } else {
                statement.setObject(i + 1, null);
            }
        }
    }

    private void flush() throws SQLException {
        for (int changed : statement.executeBatch()) {
            if (changed != 1 && !(keepsOut && changed == 0)) {
                throw refused("a trigger kept rows out");
            }
        }
    }

    private static SQLException refused(String why) {
        return new SQLException(why, SqliteErrors.NO_SUCH_VALUE);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
