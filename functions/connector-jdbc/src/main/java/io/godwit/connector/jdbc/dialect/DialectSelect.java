package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.type.codec.FieldWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads rows as tuples. Of a row that is larger than the limit the server sends its size in place of its long values.
 */
final class DialectSelect {
    /** Rows that the driver holds. */
    private static final int FETCHED = 100;

    private final Dialect dialect;
    private final List<Field> fields;
    private final long maxRowBytes;
    private final Values.Reader[] readers;

    /** Is told of a row that is too large, as the tuple of what is left of it. May throw. */
    @FunctionalInterface
    interface TooLarge {
        void refuse(byte[] tuple, int length, long bytes);
    }

    DialectSelect(Dialect dialect, List<Field> fields, long maxRowBytes) {
        this.dialect = dialect;
        this.fields = fields;
        this.maxRowBytes = maxRowBytes;
        this.readers = fields.stream().map(dialect.values()::reader).toArray(Values.Reader[]::new);
    }

    /** What is selected: the fields, and the size of those that may be long. */
    String selected() {
        Values values = dialect.values();
        String size = fields.stream()
                .filter(values::mayBeLong)
                .map(field -> "coalesce(" + values.size(field) + ", 0)")
                .collect(Collectors.joining(" + "));
        String list = fields.stream()
                .map(field -> size.isEmpty() || !values.mayBeLong(field)
                        ? values.selected(field)
                        : "CASE WHEN " + size + " > " + maxRowBytes + " THEN NULL ELSE " + values.selected(field)
                                + " END")
                .collect(Collectors.joining(", "));
        return list + ", " + (size.isEmpty() ? "0" : size);
    }

    /** What the consumer throws ends the reading; the rows that are left are not fetched. */
    void read(JdbcSession session, String from, TooLarge tooLarge, RowConsumer rows) throws SQLException {
        query(session, "SELECT " + selected() + " " + from, tooLarge, rows);
    }

    void first(JdbcSession session, String from, int limit, TooLarge tooLarge, RowConsumer rows) throws SQLException {
        query(session, dialect.words().first(selected(), from, limit), tooLarge, rows);
    }

    private void query(JdbcSession session, String sql, TooLarge tooLarge, RowConsumer rows) throws SQLException {
        try (PreparedStatement statement = session.jdbc().prepareStatement(sql)) {
            statement.setFetchSize(FETCHED);
            try (ResultSet row = statement.executeQuery()) {
                try {
                    tuples(row, tooLarge, rows);
                } catch (SQLException | RuntimeException | Error e) {
                    // Before the rows are closed, which might read to the end of what the server has to say.
                    session.jdbc().abort(Runnable::run);
                    throw e;
                }
            }
        }
    }

    private void tuples(ResultSet row, TooLarge tooLarge, RowConsumer rows) throws SQLException {
        FieldWriter tuple = new FieldWriter();
        while (row.next()) {
            tuple.clear();
            tuple.int2(readers.length);
            for (int i = 0; i < readers.length; i++) {
                field(row, i, tuple);
            }
            long size = Math.max(row.getLong(readers.length + 1), tuple.length());
            if (size > maxRowBytes) {
                tooLarge.refuse(tuple.array(), tuple.length(), size);
            }
            rows.row(tuple.array(), 0, tuple.length());
        }
    }

    private void field(ResultSet row, int i, FieldWriter tuple) throws SQLException {
        int began = tuple.beginElement();
        if (readers[i].read(row, i + 1, tuple)) {
            tuple.endElement(began);
        } else {
            tuple.truncate(began);
            tuple.patchInt4(began - 4, -1);
        }
    }
}
