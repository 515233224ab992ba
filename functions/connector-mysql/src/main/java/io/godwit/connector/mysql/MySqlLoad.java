package io.godwit.connector.mysql;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.mysql.MySqlValues.Form;
import io.godwit.connector.mysql.MySqlValues.RefusedValueException;
import io.godwit.connector.mysql.MySqlValues.Value;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.FieldWriter;
import java.io.ByteArrayInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Loads rows of a chunk into a table by LOAD DATA LOCAL INFILE from memory; by INSERT where the server takes no files
 * of clients.
 *
 * <p>LOCAL makes the server skip what it refuses and bend what does not fit, and only warn: here a warning, or a row
 * too few, is an error, and the caller undoes the statement.
 */
final class MySqlLoad {
    /** Of values that the server has not; SQLSTATE class 22 is that of data. */
    private static final String NO_SUCH_VALUE = "22000";

    /** LOCAL is switched off, in the server's words since 8.0 and before. */
    private static final List<Integer> NOT_ALLOWED = List.of(1148, 3948, 4166);

    /** Types that a server may number by itself. */
    private static final Pattern WHOLE = Pattern.compile("^(tiny|small|medium|big)?int", Pattern.CASE_INSENSITIVE);

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(US_ASCII);

    private final JdbcSession session;
    private final Value[] values;
    private final String loadSql;
    private final String insertSql;
    private final FieldWriter text = new FieldWriter();
    private final FieldWriter value = new FieldWriter();
    private boolean inserts;

    MySqlLoad(JdbcSession session, TableName table, List<ColumnPlan> columns) {
        this.session = session;
        this.values = columns.stream()
                .map(column -> MySqlValues.of(column.wireType(), column.targetNativeType()))
                .toArray(Value[]::new);
        this.loadSql = loadSql(table, columns);
        this.insertSql = "INSERT INTO " + Quoting.table(table) + " ("
                + Quoting.identifiers(columns.stream().map(ColumnPlan::target).toList()) + ") VALUES ";
    }

    private String loadSql(TableName table, List<ColumnPlan> columns) {
        List<String> targets = new ArrayList<>();
        List<String> conversions = new ArrayList<>();
        boolean converts = Arrays.stream(values).anyMatch(value -> value.form != Form.PLAIN && value.form != Form.TEXT);
        for (int i = 0; i < columns.size(); i++) {
            String name = Quoting.identifier(columns.get(i).target());
            Form form = values[i].form;
            String variable = "@c" + i;
            String conversion = switch (form) {
                // SET makes the server forget that a number was given: it would number a row with 0 itself.
                case PLAIN, TEXT ->
                    converts && WHOLE.matcher(columns.get(i).targetNativeType()).find() ? variable : null;
                case BYTES -> "unhex(" + variable + ")";
                case BITS -> "cast(" + variable + " AS unsigned)";
                case GEOMETRY -> MySqlValues.geometry(variable);
            };
            targets.add(conversion == null ? name : variable);
            if (conversion != null) {
                conversions.add(name + " = " + conversion);
            }
        }
        return "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + Quoting.table(table)
                + " CHARACTER SET utf8mb4 FIELDS TERMINATED BY X'09' ESCAPED BY X'5C' LINES TERMINATED BY X'0A' ("
                + String.join(", ", targets) + ")"
                + (conversions.isEmpty() ? "" : " SET " + String.join(", ", conversions));
    }

    /**
     * Loads the rows {@code from} to {@code to}, exclusive.
     *
     * @throws SQLException also where one of them was not taken as it is
     */
    void load(Chunk chunk, int from, int to) throws SQLException {
        if (!inserts) {
            try {
                loadData(chunk, from, to);
                return;
            } catch (SQLException e) {
                if (!NOT_ALLOWED.contains(e.getErrorCode())) {
                    throw e;
                }
                inserts = true;
            }
        }
        insert(chunk, from, to);
    }

    private void loadData(Chunk chunk, int from, int to) throws SQLException {
        text.clear();
        for (int row = from; row < to; row++) {
            TupleFields fields = chunk.fields(row);
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    text.int1('\t');
                }
                if (fields.isNull(i)) {
                    text.int1('\\');
                    text.int1('N');
                } else {
                    escaped(fields, i);
                }
            }
            text.int1('\n');
        }
        try (org.mariadb.jdbc.Statement statement =
                session.jdbc().createStatement().unwrap(org.mariadb.jdbc.Statement.class)) {
            statement.setLocalInfileInputStream(new ByteArrayInputStream(text.array(), 0, text.length()));
            long taken = statement.executeLargeUpdate(loadSql);
            check(statement, taken, to - from);
        }
    }

    private void insert(Chunk chunk, int from, int to) throws SQLException {
        text.clear();
        text.bytes(insertSql.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (int row = from; row < to; row++) {
            TupleFields fields = chunk.fields(row);
            text.int1(row == from ? '(' : ',');
            if (row > from) {
                text.int1('(');
            }
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    text.int1(',');
                }
                literal(fields, i);
            }
            text.int1(')');
        }
        try (Statement statement = session.jdbc().createStatement()) {
            statement.setEscapeProcessing(false);
            long taken = statement.executeLargeUpdate(
                    new String(text.array(), 0, text.length(), java.nio.charset.StandardCharsets.UTF_8));
            check(statement, taken, to - from);
        }
    }

    private static void check(Statement statement, long taken, int sent) throws SQLException {
        if (taken == sent && statement.getWarnings() == null) {
            return;
        }
        try (ResultSet warning = statement.executeQuery("SHOW WARNINGS LIMIT 1")) {
            if (warning.next()) {
                throw new SQLException(warning.getString(3), "HY000", warning.getInt(2));
            }
        }
        throw new SQLException(
                "the target took " + taken + " rows of " + sent + ": a trigger kept rows out", NO_SUCH_VALUE);
    }

    private void write(TupleFields fields, int i, FieldWriter out) throws SQLException {
        try {
            values[i].write(fields.bytes(), fields.offset(i), fields.length(i), out);
        } catch (RefusedValueException e) {
            throw new SQLException("the target has no such value: " + e.getMessage(), NO_SUCH_VALUE);
        }
    }

    private void escaped(TupleFields fields, int i) throws SQLException {
        Form form = values[i].form;
        if (form == Form.PLAIN || form == Form.BITS) {
            write(fields, i, text);
            return;
        }
        value.clear();
        write(fields, i, value);
        byte[] bytes = value.array();
        if (form == Form.BYTES) {
            hex(bytes, value.length());
            return;
        }
        int plain = 0;
        for (int at = 0; at < value.length(); at++) {
            byte one = bytes[at];
            if (one == '\t' || one == '\n' || one == '\\' || one == 0 || one == '\r') {
                text.bytes(bytes, plain, at - plain);
                text.int1('\\');
                text.int1(one == '\t' ? 't' : one == '\n' ? 'n' : one == '\r' ? 'r' : one == 0 ? '0' : '\\');
                plain = at + 1;
            }
        }
        text.bytes(bytes, plain, value.length() - plain);
    }

    private void literal(TupleFields fields, int i) throws SQLException {
        if (fields.isNull(i)) {
            text.bytes("NULL".getBytes(US_ASCII));
            return;
        }
        Form form = values[i].form;
        if (form == Form.PLAIN || form == Form.BITS) {
            write(fields, i, text);
            return;
        }
        value.clear();
        write(fields, i, value);
        if (form == Form.BYTES) {
            text.int1('x');
            text.int1('\'');
            hex(value.array(), value.length());
            text.int1('\'');
            return;
        }
        if (form == Form.GEOMETRY) {
            String written = new String(value.array(), 0, value.length(), UTF_8);
            text.bytes(MySqlValues.geometry(Quoting.literal(written)).getBytes(UTF_8));
            return;
        }
        text.int1('\'');
        for (int at = 0; at < value.length(); at++) {
            text.int1(value.array()[at]);
            if (value.array()[at] == '\'') {
                text.int1('\'');
            }
        }
        text.int1('\'');
    }

    private void hex(byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            text.int1(HEX[bytes[at] >> 4 & 0xF]);
            text.int1(HEX[bytes[at] & 0xF]);
        }
    }

    /** {@code a, b}, for a statement about the same columns. */
    static String names(List<ColumnPlan> columns) {
        return columns.stream()
                .map(column -> Quoting.identifier(column.target()))
                .collect(Collectors.joining(", "));
    }
}
