package io.godwit.core.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference from one table's columns to another's, both in order.
 *
 * @param definition the database's whole clause, for a target of the same kind; null where unknown
 */
public record ForeignKey(
        String name,
        List<String> columns,
        TableName references,
        List<String> referencedColumns,
        @Nullable String definition) {
    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
