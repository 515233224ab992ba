package io.godwit.connector.kit;

import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table for a fixture to make.
 *
 * @param key the primary key's columns; empty: none
 * @param rows values as text that their types take; null is NULL
 */
public record SampleTable(
        TableName name, List<SampleColumn> columns, List<String> key, List<List<@Nullable String>> rows) {
    public SampleTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        rows = List.copyOf(rows);
    }

    /** @param type in PostgreSQL's words for DDL, COLLATE included */
    public record SampleColumn(String name, String type) {}

    /** The same, with rows: their number, and what makes each. */
    SampleTable with(int count, java.util.function.IntFunction<List<@Nullable String>> row) {
        List<List<@Nullable String>> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(row.apply(i));
        }
        return new SampleTable(name, columns, key, made);
    }
}
