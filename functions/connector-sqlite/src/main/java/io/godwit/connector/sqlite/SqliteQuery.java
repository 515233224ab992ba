package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** FROM and WHERE of what is read of a table. */
final class SqliteQuery {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern HEXADECIMAL = Pattern.compile("([0-9a-f]{2})*");
    private static final List<String> ROW_NUMBERS = List.of("rowid", "_rowid_", "oid");

    private SqliteQuery() {}

    static String from(TableDescription table, @Nullable String where, Split split) {
        List<String> conditions = new ArrayList<>();
        if (where != null) {
            // The line's end keeps a comment at its end from swallowing the rest.
            conditions.add("(" + where + "\n)");
        }
        if (split instanceof Split.KeyRange range) {
            conditions.add("(" + KeyRangeSql.condition(range, new Words(table)) + ")");
        } else if (split instanceof Split.Blocks blocks) {
            conditions.add(rows(table, blocks));
        } else if (!(split instanceof Split.Whole)) {
            throw malformed(table, "a split that no SQLite source makes");
        }
        return "FROM " + Quoting.table(table.name())
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    /** Numbers of rows begin at 1; those below, which only a user gives, are among the first split's. */
    private static String rows(TableDescription table, Split.Blocks blocks) {
        String rowid = rowNumber(table);
        if (rowid == null) {
            throw malformed(table, "a split by the numbers of rows, which the table hides");
        }
        String from = blocks.first() <= 0 ? null : rowid + " >= " + blocks.first();
        String to = blocks.end() == null ? null : rowid + " < " + blocks.end();
        List<String> both = Stream.of(from, to).flatMap(Stream::ofNullable).toList();
        return both.isEmpty() ? "1 = 1" : String.join(" AND ", both);
    }

    /** A name by which the table's rows tell their numbers; null where columns have taken them all. */
    static @Nullable String rowNumber(TableDescription table) {
        return ROW_NUMBERS.stream()
                .filter(name -> table.columns().stream()
                        .noneMatch(column -> column.name().equalsIgnoreCase(name)))
                .findFirst()
                .orElse(null);
    }

    private static GodwitException malformed(TableDescription table, String what) {
        return new GodwitException(ErrorCode.EVENT_MALFORMED, table.name() + ": " + what, "Plan the run again.");
    }

    /** The table's columns in SQL, each value as its type compares. */
    record Words(TableDescription table) implements KeyRangeSql.Words {

        @Override
        public String column(String name) {
            return Quoting.identifier(name);
        }

        @Override
        public String literal(String name, String value) {
            Column column = described(name);
            return SqliteQuery.literal(column.type(), column.nativeType(), value);
        }

        Column described(String name) {
            return table.column(name).orElseThrow(() -> malformed(table, "no column " + name + " to split by"));
        }
    }

    /**
     * A key's value as SQL, given as text: a number's digits, the hexadecimal digits of bytes, a text. Any literal is a
     * bound, as SQLite orders all values; this one is the value, where the column's values are of its type.
     */
    static String literal(LogicalType type, String declared, String value) {
        if (type == Scalar.BYTEA) {
            if (!HEXADECIMAL.matcher(value).matches()) {
                throw new GodwitException(
                        ErrorCode.EVENT_MALFORMED, "a split's bound is no " + type.notation(), "Plan the run again.");
            }
            return Quoting.bytes(HexFormat.of().parseHex(value));
        }
        if (!isNumber(type) || !Affinity.of(declared).isNumeric()) {
            return Quoting.literal(value);
        }
        return switch (value) {
            case "Infinity" -> "9e999";
            case "-Infinity" -> "-9e999";
            default -> NUMBER.matcher(value).matches() ? value : Quoting.literal(value);
        };
    }

    private static boolean isNumber(LogicalType type) {
        return type == Scalar.INT2
                || type == Scalar.INT4
                || type == Scalar.INT8
                || type == Scalar.BOOL
                || type == Scalar.FLOAT4
                || type == Scalar.FLOAT8
                || type instanceof LogicalType.Decimal;
    }
}
