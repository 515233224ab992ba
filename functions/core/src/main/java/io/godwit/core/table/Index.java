package io.godwit.core.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index that is not the primary key.
 *
 * @param columns plain columns, in order; empty where the index is over expressions
 * @param method the database's own word, {@code btree} and the like
 * @param definition for a target of the same kind: what follows the table's name in CREATE INDEX ({@code USING btree
 *     (a) WHERE b}), or, of a constraint, its whole clause ({@code UNIQUE (a) DEFERRABLE}, {@code EXCLUDE USING ...});
 *     null where unknown
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
