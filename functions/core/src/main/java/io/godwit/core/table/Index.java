package io.godwit.core.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index that is not the primary key.
 *
 * @param columns plain columns, in order; empty where the index is over expressions
 * @param method the database's own word, {@code btree} and the like
 * @param definition the database's whole statement or clause, for a target of the same kind; null where unknown
 */
public record Index(
        String name,
        boolean unique,
        String method,
        List<String> columns,
        @Nullable String definition) {
    public Index {
        columns = List.copyOf(columns);
    }
}
