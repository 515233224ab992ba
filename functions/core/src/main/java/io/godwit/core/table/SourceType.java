package io.godwit.core.table;

import io.godwit.core.type.LogicalType;

/**
 * What a source reads a type of its databases as.
 *
 * @param nativeType as it stands in the database's DDL; of a type with parameters, with some
 * @param type of the values, as batches carry them
 */
public record SourceType(String nativeType, LogicalType type) {

    /** By the type's notation. */
    public static SourceType of(String nativeType, String notation) {
        return new SourceType(nativeType, LogicalType.parse(notation));
    }
}
