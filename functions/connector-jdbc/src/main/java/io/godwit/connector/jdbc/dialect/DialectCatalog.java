package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.table.Column;
import io.godwit.core.table.ForeignKey;
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables of one database. */
final class DialectCatalog {
    static final String TABLE = "table";

    /** What Godwit keeps in a sink is nobody's data. */
    private static final String OWN_PREFIX = "godwit_";

    /** Tables asked for in one statement. */
    private static final int AT_ONCE = 200;

    private final JdbcSession session;
    private final Dialect dialect;
    private final String database;

    DialectCatalog(JdbcSession session, Dialect dialect, String database) {
        this.session = session;
        this.dialect = dialect;
        this.database = database;
    }

    /** A column of an index; the name is null where the index is over an expression. */
    private record Part(
            boolean primary,
            boolean unique,
            String method,
            @Nullable String column) {}

    private record Reference(String column, TableName parent, String parentColumn) {}

    List<String> databases() throws SQLException {
        return session.list(dialect.catalog().databases(), row -> row.getString(1));
    }

    List<TableName> tables() throws SQLException {
        return session
                .list(
                        "SELECT owner_, table_ FROM (" + dialect.catalog().tables() + ") q ORDER BY owner_, table_",
                        row -> new TableName(database, row.getString(1), row.getString(2)))
                .stream()
                .filter(table -> !table.name().toLowerCase(Locale.ROOT).startsWith(OWN_PREFIX))
                .toList();
    }

    boolean exists(TableName table) throws SQLException {
        TableName full = table.schema() == null ? new TableName(database, schema(), table.name()) : table;
        return !session.list(of(dialect.words(), dialect.catalog().tables(), List.of(full), ""), row -> true)
                .isEmpty();
    }

    private String schema() throws SQLException {
        return session.one(dialect.catalog().schema(), row -> row.getString(1));
    }

    /** Those that exist, under the names that were asked for; the database's name and the schema in each. */
    List<TableDescription> describe(List<TableName> tables) throws SQLException {
        if (tables.isEmpty()) {
            return List.of();
        }
        String schema = schema();
        List<TableName> full = tables.stream()
                .map(name -> new TableName(database, name.schema() == null ? schema : name.schema(), name.name()))
                .toList();
        Map<TableName, TableDescription> found = new HashMap<>();
        for (int from = 0; from < full.size(); from += AT_ONCE) {
            found.putAll(describeAll(full.subList(from, Math.min(from + AT_ONCE, full.size()))));
        }
        List<TableDescription> described = new ArrayList<>();
        for (TableName name : full) {
            TableDescription description = found.get(name);
            if (description != null) {
                described.add(description);
            }
        }
        return described;
    }

    /** Whether a foreign key refers to it. */
    boolean isReferredTo(TableName table) throws SQLException {
        String schema = table.schema() == null ? schema() : table.schema();
        return session.first(
                        "SELECT 1 FROM (" + dialect.catalog().references() + ") q WHERE parent_owner_ = "
                                + literal(schema) + " AND parent_ = " + literal(table.name()),
                        row -> true)
                .isPresent();
    }

    /** The query, of those tables, in an order in which parts follow one another. */
    static String of(SqlWords words, String query, List<TableName> tables, String order) {
        String among = tables.stream()
                .map(table -> "(owner_ = " + words.literal(String.valueOf(table.schema())) + " AND table_ = "
                        + words.literal(table.name()) + ")")
                .collect(Collectors.joining(" OR "));
        return "SELECT * FROM (" + query + ") q WHERE " + among + " ORDER BY owner_, table_" + order;
    }

    private Map<TableName, TableDescription> describeAll(List<TableName> tables) throws SQLException {
        CatalogSql sql = dialect.catalog();
        Map<TableName, List<Column>> columns = new HashMap<>();
        rows(
                sql.columns(),
                tables,
                ", place_",
                row -> columns.computeIfAbsent(name(row), name -> new ArrayList<>())
                        .add(sql.column(row)));
        Map<TableName, Map<String, List<Part>>> indexes = new HashMap<>();
        rows(
                sql.indexes(),
                tables,
                ", index_, place_",
                row -> indexes.computeIfAbsent(name(row), name -> new LinkedHashMap<>())
                        .computeIfAbsent(row.getString("index_"), name -> new ArrayList<>())
                        .add(new Part(
                                row.getInt("primary_") == 1,
                                row.getInt("unique_") == 1,
                                row.getString("method_"),
                                row.getString("column_"))));
        Map<TableName, Map<String, List<Reference>>> references = new HashMap<>();
        rows(
                sql.references(),
                tables,
                ", reference_, place_",
                row -> references
                        .computeIfAbsent(name(row), name -> new LinkedHashMap<>())
                        .computeIfAbsent(row.getString("reference_"), name -> new ArrayList<>())
                        .add(new Reference(
                                row.getString("column_"),
                                new TableName(database, row.getString("parent_owner_"), row.getString("parent_")),
                                row.getString("parent_column_"))));
        Map<TableName, TableDescription> found = new HashMap<>();
        rows(
                sql.tables(),
                tables,
                "",
                row -> found.put(
                        name(row),
                        table(
                                row,
                                columns.getOrDefault(name(row), List.of()),
                                indexes.getOrDefault(name(row), Map.of()),
                                references.getOrDefault(name(row), Map.of()))));
        return found;
    }

    private void rows(String query, List<TableName> tables, String order, JdbcSession.Row<?> row) throws SQLException {
        session.list(of(dialect.words(), query, tables, order), found -> {
            row.read(found);
            return true;
        });
    }

    private TableName name(ResultSet row) throws SQLException {
        return new TableName(database, row.getString("owner_"), row.getString("table_"));
    }

    private TableDescription table(
            ResultSet row,
            List<Column> columns,
            Map<String, List<Part>> indexes,
            Map<String, List<Reference>> references)
            throws SQLException {
        Set<String> notNull = new HashSet<>();
        columns.stream().filter(column -> !column.nullable()).forEach(column -> notNull.add(column.name()));
        Key primary = null;
        List<Key> unique = new ArrayList<>();
        List<Index> others = new ArrayList<>();
        for (Map.Entry<String, List<Part>> index : indexes.entrySet()) {
            Part first = index.getValue().get(0);
            List<String> names = new ArrayList<>();
            index.getValue().stream().map(Part::column).forEach(name -> {
                if (name != null) {
                    names.add(name);
                }
            });
            boolean whole = names.size() == index.getValue().size();
            if (first.primary() && whole) {
                primary = new Key(index.getKey(), names);
                continue;
            }
            if (first.unique() && whole && notNull.containsAll(names)) {
                unique.add(new Key(index.getKey(), names));
            }
            others.add(new Index(index.getKey(), first.unique(), first.method(), whole ? names : List.of(), null));
        }
        List<ForeignKey> keys = new ArrayList<>();
        references.forEach((name, parts) -> keys.add(new ForeignKey(
                name,
                parts.stream().map(Reference::column).toList(),
                parts.get(0).parent(),
                parts.stream().map(Reference::parentColumn).toList(),
                null)));
        String comment = row.getString("comment_");
        return new TableDescription(
                name(row),
                row.getString("kind_"),
                columns,
                primary,
                unique,
                others,
                keys,
                List.of(),
                List.of(),
                comment == null || comment.isEmpty() ? null : comment,
                row.getLong("rows_"),
                row.getLong("bytes_"));
    }

    private String literal(String text) {
        return dialect.words().literal(text);
    }
}
