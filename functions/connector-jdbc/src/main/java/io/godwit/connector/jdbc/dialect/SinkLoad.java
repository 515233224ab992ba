package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.dialect.SinkWords.Bulk;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Writer;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.jdbc.sink.SinkTransaction;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.TupleFields;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of rows into the target: by the dialect's bulk path where there is one and rows meet no others, else by an
 * INSERT or a MERGE of many rows of parameters, which are taken in their order: the last of equal keys wins.
 */
final class SinkLoad implements SinkTransaction.Load {
    private final JdbcSession session;
    private final SinkWords words;
    private final String table;
    private final List<Field> fields;
    private final Writer[] writers;
    private final @Nullable Bulk bulk;
    private final String sql;
    private final boolean everyRowCounts;

    /** A row that was not sent, as the database has no such value. */
    static final class RowRefusal extends SQLException {
        private static final long serialVersionUID = 1L;

        private final int line;

        RowRefusal(RefusedValueException reason, int line) {
            super("the target has no such value: " + reason.getMessage(), "22000");
            this.line = line;
        }

        /** Which row of the load it was, from 1. */
        int line() {
            return line;
        }
    }

    private SinkLoad(
            JdbcSession session,
            SinkWords words,
            String table,
            List<Field> fields,
            List<Writer> writers,
            @Nullable Bulk bulk,
            String sql,
            boolean everyRowCounts) {
        this.session = session;
        this.words = words;
        this.table = table;
        this.fields = fields;
        this.writers = writers.toArray(Writer[]::new);
        this.bulk = bulk;
        this.sql = sql;
        this.everyRowCounts = everyRowCounts;
    }

    static SinkLoad of(JdbcSession session, Dialect dialect, TablePlan plan) throws SQLException {
        SinkTarget target = SinkTarget.of(plan);
        List<Field> fields = Field.of(target.columns());
        SinkWords words = dialect.sink();
        List<Writer> writers = words.writers(
                session, dialect.values(), target.loaded(), fields, plan.mode().needsKey() ? plan.key() : List.of());
        boolean meets = plan.mode().needsKey();
        return new SinkLoad(
                session,
                words,
                dialect.words().table(target.loaded()),
                fields,
                writers,
                meets ? null : words.bulk(target.loaded(), fields, writers),
                meets ? SinkSql.merge(dialect, plan) : SinkSql.insert(dialect, target),
                !meets || SinkSql.changes(plan));
    }

    @Override
    public void load(Chunk chunk, int from, int to) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(to - from);
        for (int row = from; row < to; row++) {
            rows.add(values(chunk.fields(row), row - from + 1));
        }
        if (bulk != null) {
            bulk.load(session, rows);
            return;
        }
        for (String statement : words.beforeInserts(table, fields)) {
            session.run(statement);
        }
        insert(rows);
        for (String statement : words.afterInserts(table, fields)) {
            session.run(statement);
        }
    }

    private @Nullable Object[] values(TupleFields fields, int line) throws RowRefusal {
        @Nullable Object[] values = new @Nullable Object[writers.length];
        for (int i = 0; i < writers.length; i++) {
            try {
                values[i] = fields.isNull(i) ? null : writers[i].of(fields.bytes(), fields.offset(i), fields.length(i));
            } catch (RefusedValueException e) {
                throw new RowRefusal(e, line);
            }
        }
        return values;
    }

    private void insert(List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = session.jdbc().prepareStatement(sql)) {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    if (row[i] == null) {
                        statement.setNull(i + 1, writers[i].jdbcType());
                    } else {
                        statement.setObject(i + 1, row[i], writers[i].jdbcType());
                    }
                }
                statement.addBatch();
            }
            int line = 1;
            for (int taken : statement.executeBatch()) {
                if (taken == 0 && everyRowCounts) {
                    throw new RowRefusal(new RefusedValueException("a trigger kept the row out"), line);
                }
                line++;
            }
        }
    }
}
