package io.godwit.core.plan;

import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table that a replay of rows which a target refused reads: the source's, and beside its columns the stored ones,
 * with its key in their names. So rows have the key that they had, and what came unchanged of a column that is never
 * NULL is never NULL.
 */
final class StoredTable {
    private StoredTable() {}

    /** @param stored the columns of the plan in its order, made of what is stored */
    static TableDescription of(TablePlan now, List<ColumnPlan> stored) {
        TableDescription table = now.definition();
        Set<String> added = new HashSet<>();
        Map<String, String> names = new HashMap<>();
        List<Column> all = new ArrayList<>(table.columns());
        for (int i = 0; i < stored.size(); i++) {
            ColumnPlan column = now.columns().get(i);
            if (stored.get(i).origin() instanceof Origin.SourceColumn kept) {
                if (added.add(kept.name())) {
                    all.add(new Column(
                            kept.name(),
                            kept.type(),
                            kept.type().notation(),
                            mayBeNull(table, column),
                            null,
                            false,
                            null,
                            null,
                            null));
                }
                if (column.origin() instanceof Origin.SourceColumn source) {
                    names.putIfAbsent(source.name(), kept.name());
                }
            }
        }
        return new TableDescription(
                table.name(),
                table.kind(),
                all,
                key(table.primaryKey(), names),
                table.uniqueKeys(),
                table.indexes(),
                table.foreignKeys(),
                table.checks(),
                table.partitions(),
                table.comment(),
                table.estimatedRows(),
                table.estimatedBytes());
    }

    private static boolean mayBeNull(TableDescription table, ColumnPlan column) {
        return !(column.origin() instanceof Origin.SourceColumn source && column.passesThrough())
                || table.column(source.name()).map(Column::nullable).orElse(true);
    }

    /** None where a part of it was not taken: what is left of it does not tell rows apart. */
    private static @Nullable Key key(@Nullable Key source, Map<String, String> names) {
        if (source == null || !names.keySet().containsAll(source.columns())) {
            return null;
        }
        return new Key(
                source.name(),
                source.columns().stream()
                        .map(name -> names.getOrDefault(name, name))
                        .toList());
    }
}
