package io.godwit.connector.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.sqlite.SqliteFields.Reader;
import io.godwit.connector.sqlite.SqliteFields.UnfitException;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.FieldWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.SafeStmtPtr;

/**
 * Reads rows as tuples, one at a time: SQLite steps through the file as rows are asked for. A row's size is known
 * before its texts and bytes are fetched.
 */
final class SqliteSelect {
    private final List<Selected> columns;
    private final long maxRowBytes;

    /**
     * A column by name, to be read in the layout of a type.
     *
     * @param any whether numbers are read as texts too
     */
    record Selected(String name, LogicalType type, boolean any) {
        String quoted() {
            return Quoting.identifier(name);
        }
    }

    /** Is told of rows that cannot be read, as the tuple of what could be. */
    interface Unreadable {
        GodwitException tooLarge(byte[] tuple, int length, long bytes);

        /** @param raw the row as SQL literals */
        MalformedRow unfit(byte[] tuple, int length, Selected column, String reason, byte[] raw);
    }

    SqliteSelect(List<Selected> columns, long maxRowBytes) {
        this.columns = columns;
        this.maxRowBytes = maxRowBytes;
    }

    /** @param from FROM and what follows */
    String sql(String from) {
        List<String> fields =
                new ArrayList<>(columns.stream().map(Selected::quoted).toList());
        List<String> sizes = columns.stream()
                .filter(column -> SqliteFields.mayBeLong(column.type()))
                .map(column -> "ifnull(octet_length(" + column.quoted() + "), 0)")
                .toList();
        fields.add(sizes.isEmpty() ? "0" : sum(sizes));
        return "SELECT " + String.join(", ", fields) + " " + from;
    }

    /** Halves in parentheses: SQLite's expressions have a greatest depth, which a long chain would reach. */
    static String sum(List<String> terms) {
        int half = terms.size() / 2;
        return half == 0
                ? terms.get(0)
                : "(" + sum(terms.subList(0, half)) + " + " + sum(terms.subList(half, terms.size())) + ")";
    }

    /** What the consumer throws ends the reading. */
    void read(SqliteSession session, String from, Unreadable unreadable, RowConsumer rows) throws SQLException {
        Reader[] readers = columns.stream()
                .map(column -> SqliteFields.reader(column.type(), column.any(), session.encoding()))
                .toArray(Reader[]::new);
        try (PreparedStatement statement = session.jdbc().prepareStatement(sql(from));
                ResultSet row = statement.executeQuery()) {
            SafeStmtPtr values = statement.unwrap(CoreStatement.class).pointer;
            FieldWriter tuple = new FieldWriter();
            while (row.next()) {
                long size = row.getLong(readers.length + 1);
                boolean large = size > maxRowBytes;
                Selected wrong = null;
                String reason = "";
                tuple.clear();
                tuple.int2(readers.length);
                for (int i = 0; i < readers.length; i++) {
                    int place = i;
                    int storage = values.safeRunInt((db, pointer) -> db.column_type(pointer, place));
                    int began = tuple.beginElement();
                    boolean left = storage == SqliteFields.NULL
                            || (large && SqliteFields.mayBeLong(columns.get(i).type()));
                    String unfit = left ? null : field(readers[i], storage, row, i + 1, tuple);
                    if (left || unfit != null) {
                        tuple.truncate(began);
                        tuple.patchInt4(began - 4, -1);
                    } else {
                        tuple.endElement(began);
                    }
                    if (unfit != null && wrong == null) {
                        wrong = columns.get(i);
                        reason = unfit;
                    }
                }
                size = Math.max(size, tuple.length());
                if (size > maxRowBytes) {
                    throw unreadable.tooLarge(tuple.array(), tuple.length(), size);
                }
                if (wrong != null) {
                    rows.malformed(unreadable.unfit(tuple.array(), tuple.length(), wrong, reason, raw(row)));
                } else {
                    rows.row(tuple.array(), 0, tuple.length());
                }
            }
        }
    }

    /** Adds a field, or says why it is none. */
    private static @Nullable String field(Reader reader, int storage, ResultSet row, int column, FieldWriter tuple)
            throws SQLException {
        try {
            reader.read(storage, row, column, tuple);
            return null;
        } catch (UnfitException e) {
            return e.getMessage();
        }
    }

    /** {@code 1, 'text', x'00ff', NULL}. */
    private byte[] raw(ResultSet row) throws SQLException {
        List<String> literals = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
            Object value = row.getObject(i);
            literals.add(
                    value == null
                            ? "NULL"
                            : value instanceof byte[] bytes
                                    ? Quoting.bytes(bytes)
                                    : value instanceof Double real
                                            ? SqliteFields.shortest(real)
                                            : value instanceof String text
                                                    ? literal(text, row.getBytes(i))
                                                    : value.toString());
        }
        return String.join(", ", literals).getBytes(UTF_8);
    }

    /** By its bytes, where they are more than the text says. */
    private static String literal(String text, byte[] stored) {
        return text.indexOf('\uFFFD') >= 0 ? "CAST(" + Quoting.bytes(stored) + " AS TEXT)" : Quoting.literal(text);
    }
}
