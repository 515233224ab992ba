package io.godwit.connector.postgresql;

import io.godwit.core.table.Column;
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType.Foreign;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.jdbc.PgConnection;

/**
 * The columns by whose order a table is split: indexed, none nullable. They need not be unique; equal rows only stay
 * together.
 *
 * @param correlation how closely the rows lie in the order of the first column, from 0 to 1. Where they do not, a range
 *     of the key is strewn over all blocks, and reading it costs a server twice as much (measured) and more from disk.
 */
record SplitKey(List<String> columns, double correlation) {
    private static final double NEVER_ANALYZED = 1;
    private static final double GOOD = 0.8;

    SplitKey {
        columns = List.copyOf(columns);
    }

    boolean followsRows() {
        return correlation >= GOOD;
    }

    /** The first of the primary key, the unique keys and the other indexes that follows the rows; else the first. */
    static Optional<SplitKey> of(PgConnection session, TableDescription table, TableName relation) throws SQLException {
        Set<List<String>> candidates = candidates(table);
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Double> correlations = correlations(session, relation);
        List<SplitKey> keys = candidates.stream()
                .map(columns -> new SplitKey(columns, correlations.getOrDefault(columns.get(0), NEVER_ANALYZED)))
                .toList();
        return keys.stream().filter(SplitKey::followsRows).findFirst().or(() -> Optional.of(keys.get(0)));
    }

    private static Set<List<String>> candidates(TableDescription table) {
        List<List<String>> all = new ArrayList<>();
        if (table.primaryKey() != null) {
            all.add(table.primaryKey().columns());
        }
        table.uniqueKeys().stream()
                .map(Key::columns)
                .sorted(Comparator.comparing(List::size))
                .forEach(all::add);
        table.indexes().stream()
                .filter(SplitKey::coversAllRows)
                .map(Index::columns)
                .forEach(all::add);
        Set<List<String>> usable = new LinkedHashSet<>();
        all.stream()
                .filter(columns -> columns.stream().allMatch(name -> isOrdered(table, name)))
                .forEach(usable::add);
        return usable;
    }

    /** A B-tree over plain columns; a partial index has its condition in its definition. */
    private static boolean coversAllRows(Index index) {
        return index.method().equals("btree")
                && !index.columns().isEmpty()
                && index.definition() != null
                && !index.definition().contains(" WHERE ");
    }

    /** Operators of foreign types are not where they would be looked for. */
    private static boolean isOrdered(TableDescription table, String name) {
        Optional<Column> column = table.column(name);
        return column.isPresent() && !column.get().nullable() && !(column.get().type() instanceof Foreign);
    }

    private static Map<String, Double> correlations(PgConnection session, TableName relation) throws SQLException {
        Map<String, Double> correlations = new HashMap<>();
        try (PreparedStatement statement = session.prepareStatement(CatalogQueries.CORRELATIONS)) {
            statement.setString(1, Quoting.schema(relation));
            statement.setString(2, relation.name());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    correlations.put(row.getString("attname"), row.getDouble("correlation"));
                }
            }
        }
        return correlations;
    }
}
