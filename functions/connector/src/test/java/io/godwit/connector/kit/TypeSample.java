package io.godwit.connector.kit;

import io.godwit.core.type.LogicalType;
import java.util.List;

/**
 * Values of one type of PostgreSQL's that have broken somebody's copy before: the least, the greatest, the empty, the
 * odd.
 *
 * @param type what a source must say that the column is
 * @param nativeType the column's type in DDL
 * @param values each as text that the type's input function takes; NULL, which every type has, is not among them
 */
public record TypeSample(LogicalType type, String nativeType, List<String> values) {
    public TypeSample {
        values = List.copyOf(values);
    }

    static TypeSample of(String notation, String... values) {
        return new TypeSample(LogicalType.parse(notation), notation, List.of(values));
    }

    /** Of a type whose notation is not its name in DDL. */
    static TypeSample named(String nativeType, String notation, String... values) {
        return new TypeSample(LogicalType.parse(notation), nativeType, List.of(values));
    }

    /** A value as an SQL expression of the type. */
    public String sql(String value) {
        return "'" + value.replace("'", "''") + "'::" + nativeType;
    }

    @Override
    public String toString() {
        return nativeType;
    }
}
