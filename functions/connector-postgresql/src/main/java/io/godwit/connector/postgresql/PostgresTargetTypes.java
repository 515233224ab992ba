package io.godwit.connector.postgresql;

import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import java.util.Locale;

/**
 * What values of other kinds of databases become here. The layouts being PostgreSQL's, nearly all types are its own.
 */
final class PostgresTargetTypes {
    private PostgresTargetTypes() {}

    static TargetType of(LogicalType type, boolean inKey) {
        LogicalType held = held(type);
        return new TargetType(type, inKey, held, name(held), null);
    }

    /** Labels and text forms of somebody else's types are text. */
    private static LogicalType held(LogicalType type) {
        if (type instanceof Enumeration || type instanceof Foreign) {
            return Scalar.TEXT;
        }
        return type instanceof Array array ? new Array(held(array.element())) : type;
    }

    private static String name(LogicalType type) {
        if (type instanceof Array array) {
            return name(array.element()) + "[]";
        }
        if (type instanceof Range range) {
            String bound = range.bound() instanceof Temporal temporal
                    ? temporal.kind() == Temporal.Kind.TIMESTAMP ? "ts" : "tstz"
                    : range.bound() instanceof LogicalType.Decimal
                            ? "num"
                            : range.bound().notation().toLowerCase(Locale.ROOT);
            return bound + (range.multi() ? "multirange" : "range");
        }
        return type.notation();
    }
}
