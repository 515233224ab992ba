package io.godwit.core.table;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as its connector found it.
 *
 * @param kind what the database calls it: {@code table}, {@code partitioned table}, {@code view}, ...
 * @param primaryKey null where there is none
 * @param uniqueKeys keys beside the primary key whose columns are all NOT NULL
 * @param checks CHECK constraints as the database's own clauses: {@code CONSTRAINT "positive" CHECK ((total > 0))}
 * @param partitions leaf partitions, empty where it has none
 * @param estimatedRows the database's own estimate, -1 where it has none
 * @param estimatedBytes what its rows take on disk, without indexes, -1 where unknown
 */
public record TableDescription(
        TableName name,
        String kind,
        List<Column> columns,
        @Nullable Key primaryKey,
        List<Key> uniqueKeys,
        List<Index> indexes,
        List<ForeignKey> foreignKeys,
        List<String> checks,
        List<TableName> partitions,
        @Nullable String comment,
        long estimatedRows,
        long estimatedBytes) {
    public TableDescription {
        columns = List.copyOf(columns);
        uniqueKeys = List.copyOf(uniqueKeys);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        checks = List.copyOf(checks);
        partitions = List.copyOf(partitions);
    }

    public Optional<Column> column(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }
}
