package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FROM and WHERE of what is read of a table. */
final class MySqlQuery {
    private MySqlQuery() {}

    static String from(TableDescription table, @Nullable String where, Split split) {
        List<String> conditions = new ArrayList<>();
        if (where != null) {
            // The line's end keeps a comment at its end from swallowing the rest.
            conditions.add("(" + where + "\n)");
        }
        if (split instanceof Split.KeyRange range) {
            conditions.add("(" + KeyRangeSql.condition(range, new Words(table)) + ")");
        } else if (!(split instanceof Split.Whole)) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    table.name() + ": a split that no MySQL source makes",
                    "Plan the run again.");
        }
        return "FROM " + Quoting.table(table.name())
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    /** The table's columns in SQL, each value as its type compares. */
    record Words(TableDescription table) implements KeyRangeSql.Words {

        @Override
        public String column(String name) {
            return Quoting.identifier(name);
        }

        @Override
        public String literal(String name, String value) {
            return MySqlQuery.literal(type(name), value);
        }

        LogicalType type(String name) {
            return table.column(name)
                    .map(Column::type)
                    .orElseThrow(() -> new GodwitException(
                            ErrorCode.EVENT_MALFORMED,
                            table.name() + " has no column " + name + " to split by",
                            "Plan the run again."));
        }
    }

    /** Selects a key's value as text that {@link #literal} takes. */
    static String text(String quotedName, LogicalType type) {
        if (type == Scalar.BYTEA) {
            return "hex(" + quotedName + ")";
        }
        if (type instanceof Bits) {
            return "cast(" + quotedName + " + 0 AS char)";
        }
        return type == Scalar.FLOAT4 || type == Scalar.FLOAT8
                ? "cast(" + quotedName + " + 0e0 AS char)"
                : "cast(" + quotedName + " AS char)";
    }

    private static String literal(LogicalType type, String value) {
        if (type == Scalar.BYTEA) {
            return "x" + Quoting.literal(value);
        }
        boolean number = type == Scalar.INT2
                || type == Scalar.INT4
                || type == Scalar.INT8
                || type == Scalar.FLOAT4
                || type == Scalar.FLOAT8
                || type instanceof Decimal
                || type instanceof Bits;
        if (!number) {
            return Quoting.literal(value);
        }
        if (!value.matches("-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?")) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED, "a split's bound is no " + type.notation(), "Plan the run again.");
        }
        boolean floating = type == Scalar.FLOAT4 || type == Scalar.FLOAT8;
        return floating && !value.contains("e") ? value + "e0" : value;
    }
}
