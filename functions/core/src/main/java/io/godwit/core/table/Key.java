package io.godwit.core.table;

import java.util.List;

/** Columns that no two rows share, none of them nullable, in the key's order. */
public record Key(String name, List<String> columns) {
    public Key {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a key has columns");
        }
    }
}
