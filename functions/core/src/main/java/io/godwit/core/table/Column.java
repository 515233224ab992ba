package io.godwit.core.table;

import io.godwit.core.type.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * A column as its connector describes it.
 *
 * @param name as the database stores it
 * @param type what it holds, and how its bytes lie on the wire
 * @param nativeType the database's own name of the type, schema-qualified where it is not built in, fit for DDL of the
 *     same kind of database: {@code numeric(18,2)}, {@code shop.mood}
 * @param nullable whether it may hold NULL
 * @param defaultExpression in the database's own SQL, null where there is none; of a generated column, what it is
 *     computed by
 * @param generated whether the database computes it, so that nobody may write it
 * @param identity how the database numbers it, null where it does not
 * @param collation a collation that is not its type's default, as it stands in DDL of the same kind of database
 *     (quoted, schema-qualified), null otherwise
 * @param comment null where there is none
 */
public record Column(
        String name,
        LogicalType type,
        String nativeType,
        boolean nullable,
        @Nullable String defaultExpression,
        boolean generated,
        @Nullable Identity identity,
        @Nullable String collation,
        @Nullable String comment) {

    /** How a database numbers a column by itself. */
    public enum Identity {
        /** Values given by the writer need an override. */
        ALWAYS,
        /** Values given by the writer win. */
        BY_DEFAULT,
        /** A default that draws from a sequence which the column owns (PostgreSQL's {@code serial}). */
        SERIAL
    }
}
