package io.godwit.core.plan;

import io.godwit.core.table.Column;
import io.godwit.core.type.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping gives to one column of the target, before types are decided.
 *
 * @param source the source's column; null for a constant
 * @param constant the constant's text, parameters resolved; null for NULL, and where there is a source
 * @param requested the type that the mapping names, and so consents to; null: none
 */
record Cell(
        @Nullable Column source,
        @Nullable String constant,
        @Nullable LogicalType requested) {

    static Cell of(Column source, @Nullable LogicalType requested) {
        return new Cell(source, null, requested);
    }

    static Cell nothing() {
        return new Cell(null, null, null);
    }

    boolean isNull() {
        return source == null && constant == null;
    }

    Origin origin() {
        return source == null ? new Origin.Constant(constant) : new Origin.SourceColumn(source.name(), source.type());
    }
}
