package io.godwit.connector.mysql;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.FieldWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads rows as tuples. The driver holds one row at a time; of one that is larger than the limit the server sends its
 * size in place of its texts and bytes.
 */
final class MySqlSelect {
    private static final int FETCHED = 1;

    private final List<Selected> columns;
    private final long maxRowBytes;
    private final MySqlFields.Reader[] readers;

    /** A column by name, to be read in the layout of a type. */
    record Selected(String name, LogicalType type) {
        boolean mayBeLong() {
            return type == Scalar.TEXT || type == Scalar.JSON || type == Scalar.BYTEA;
        }

        String quoted() {
            return Quoting.identifier(name);
        }
    }

    /** Is told of a row that is too large, as the tuple of what is left of it. */
    @FunctionalInterface
    interface TooLarge {
        GodwitException refuse(byte[] tuple, int length, long bytes);
    }

    MySqlSelect(List<Selected> columns, long maxRowBytes, boolean zeroDatesAreNull) {
        this.columns = columns;
        this.maxRowBytes = maxRowBytes;
        this.readers = columns.stream()
                .map(column -> MySqlFields.reader(column.type(), zeroDatesAreNull))
                .toArray(MySqlFields.Reader[]::new);
    }

    /** @param from FROM and what follows */
    String sql(String from) {
        String size = columns.stream()
                .filter(Selected::mayBeLong)
                .map(column -> "coalesce(octet_length(" + column.quoted() + "), 0)")
                .collect(Collectors.joining(" + "));
        String fields = columns.stream()
                .map(column -> MySqlFields.selected(column.quoted(), column.type()))
                .collect(Collectors.joining(", "));
        if (size.isEmpty()) {
            return "SELECT " + fields + ", 0 " + from;
        }
        fields = columns.stream()
                .map(column -> column.mayBeLong()
                        ? "if(" + size + " > " + maxRowBytes + ", NULL, " + column.quoted() + ")"
                        : MySqlFields.selected(column.quoted(), column.type()))
                .collect(Collectors.joining(", "));
        return "SELECT " + fields + ", " + size + " " + from;
    }

    /** What the consumer throws ends the reading; the rows that are left are not fetched. */
    void read(JdbcSession session, String from, TooLarge tooLarge, RowConsumer rows) throws SQLException {
        // Prepared, so that numbers and times come in their binary form, which spares both sides their digits.
        try (PreparedStatement statement = session.jdbc().prepareStatement(sql(from))) {
            statement.setFetchSize(FETCHED);
            try (ResultSet row = statement.executeQuery()) {
                try {
                    tuples(row, tooLarge, rows);
                } catch (SQLException | RuntimeException | Error e) {
                    // Before the rows are closed, which would read to the end of what the server has to say.
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
                throw tooLarge.refuse(tuple.array(), tuple.length(), size);
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
