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
 * @param formula what to compute it by: {@code source} then stands for its outcome; null: as it is
 */
record Cell(
        @Nullable Column source,
        @Nullable String constant,
        @Nullable LogicalType requested,
        @Nullable Formula formula) {

    Cell(@Nullable Column source, @Nullable String constant, @Nullable LogicalType requested) {
        this(source, constant, requested, null);
    }

    static Cell computed(Formula formula, @Nullable LogicalType requested) {
        LogicalType type = formula.type();
        // Named by what no column is called: it is none of the source's.
        Column outcome = new Column("", type, type.notation(), true, null, false, null, null, null);
        return new Cell(outcome, null, requested, formula);
    }

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
        if (formula != null) {
            return new Origin.Computed(formula);
        }
        return source == null ? new Origin.Constant(constant) : new Origin.SourceColumn(source.name(), source.type());
    }
}
