package io.godwit.connector.sqlite;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of a file, from SQLite's own functions about them. */
final class SqliteCatalog {
    static final String TABLE = "table";
    /** Keyed by its primary key alone; its rows have no numbers. */
    static final String TABLE_WITHOUT_ROWID = "table without rowid";

    private static final Set<String> COLLATIONS = Set.of("BINARY", "NOCASE", "RTRIM");
    private static final int VIRTUALLY_GENERATED = 2;
    private static final int STORED_GENERATED = 3;

    /** Views, and tables that a user made: no table that SQLite, a module or Godwit keeps. */
    private static final String KINDS = "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' "
            + "AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    private final JdbcSession session;
    private final String database;
    private final boolean readsTexts;
    private final boolean tellsGenerated;

    /**
     * @param readsTexts whether every column is one of texts, but those of bytes
     * @param tellsGenerated whether columns that are computed are told from others: of a target, where nobody may write
     *     them. A source's are read as any other.
     */
    SqliteCatalog(JdbcSession session, String database, boolean readsTexts, boolean tellsGenerated) {
        this.session = session;
        this.database = database;
        this.readsTexts = readsTexts;
        this.tellsGenerated = tellsGenerated;
    }

    /** As {@code pragma_table_xinfo} has it. */
    private record Described(
            String name,
            String type,
            boolean notNull,
            @Nullable String defaultExpression,
            int placeInKey,
            boolean generated) {}

    /** An index whose columns are whole: names, with collations. */
    private record Indexed(String name, boolean unique, String origin, Map<String, String> collations, boolean whole) {}

    List<TableName> tables() throws SQLException {
        return session.list(
                KINDS + " AND name NOT LIKE 'godwit\\_%' ESCAPE '\\' ORDER BY name",
                row -> new TableName(database, null, row.getString(1)));
    }

    /** Those that exist. */
    List<TableDescription> describe(List<TableName> tables) throws SQLException {
        List<TableDescription> described = new ArrayList<>();
        for (TableName table : tables) {
            Optional<String> kind = session.first(KINDS + " AND name = ?", SqliteCatalog::kind, table.name());
            if (kind.isPresent()) {
                described.add(describe(new TableName(database, null, table.name()), kind.get()));
            }
        }
        return described;
    }

    private static String kind(ResultSet row) throws SQLException {
        return switch (row.getString(2)) {
            case "view" -> "view";
            case "virtual" -> "virtual table, or view of what a module keeps";
            default -> row.getBoolean(3) ? TABLE_WITHOUT_ROWID : TABLE;
        };
    }

    /** Whether rows can be written into a table of the kind. */
    static boolean isTable(String kind) {
        return kind.equals(TABLE) || kind.equals(TABLE_WITHOUT_ROWID);
    }

    private TableDescription describe(TableName name, String kind) throws SQLException {
        List<Described> found = columns(name);
        List<Indexed> indexes = isTable(kind) ? indexes(name) : List.of();
        List<String> keyed = found.stream()
                .filter(column -> column.placeInKey() > 0)
                .sorted(Comparator.comparing(Described::placeInKey))
                .map(Described::name)
                .toList();
        String alias = alias(found, kind, indexes);
        Key primary = keyed.isEmpty() || !isNeverNull(name, found, keyed, alias) ? null : new Key("PRIMARY KEY", keyed);
        Map<String, String> collations = new HashMap<>();
        indexes.forEach(index -> collations.putAll(index.collations()));
        Set<String> notNull =
                found.stream().filter(Described::notNull).map(Described::name).collect(Collectors.toSet());
        List<Column> columns = found.stream()
                .map(column -> column(
                        column,
                        !column.notNull() && !(primary != null && keyed.contains(column.name())),
                        column.name().equals(alias),
                        collations.get(column.name())))
                .toList();
        return new TableDescription(
                name,
                kind,
                columns,
                primary,
                indexes.stream()
                        .filter(index -> index.unique()
                                && index.whole()
                                && !index.origin().equals("pk"))
                        .filter(index -> notNull.containsAll(index.collations().keySet()))
                        .map(index -> new Key(
                                index.name(), List.copyOf(index.collations().keySet())))
                        .toList(),
                indexes.stream()
                        .filter(index -> !index.origin().equals("pk"))
                        .map(index -> new Index(
                                index.name(),
                                index.unique(),
                                "btree",
                                index.whole() ? List.copyOf(index.collations().keySet()) : List.of(),
                                null))
                        .toList(),
                isTable(kind) ? references(name) : List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    private Column column(Described column, boolean nullable, boolean numbered, @Nullable String collation) {
        String type = readsTexts && !SqliteTypes.of(column.type()).equals(io.godwit.core.type.LogicalType.Scalar.BYTEA)
                ? ""
                : column.type();
        return new Column(
                column.name(),
                SqliteTypes.of(type),
                type,
                nullable,
                column.defaultExpression(),
                column.generated() && tellsGenerated,
                numbered ? Column.Identity.BY_DEFAULT : null,
                collation == null || collation.equals("BINARY") ? null : collation,
                null);
    }

    private List<Described> columns(TableName name) throws SQLException {
        return session.list(
                "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid",
                row -> new Described(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6) == VIRTUALLY_GENERATED || row.getInt(6) == STORED_GENERATED),
                name.name());
    }

    /** The column that is another name of the rows' numbers; null where none is. */
    private static @Nullable String alias(List<Described> columns, String kind, List<Indexed> indexes) {
        List<Described> keyed =
                columns.stream().filter(column -> column.placeInKey() > 0).toList();
        boolean isAlias = kind.equals(TABLE)
                && keyed.size() == 1
                && keyed.get(0).type().equalsIgnoreCase("integer")
                && indexes.stream().noneMatch(index -> index.origin().equals("pk"));
        return isAlias ? keyed.get(0).name() : null;
    }

    /** Of old, SQLite lets a primary key be NULL unless told not to: then its rows say whether it is one. */
    private boolean isNeverNull(TableName name, List<Described> columns, List<String> keyed, @Nullable String alias)
            throws SQLException {
        for (Described column : columns) {
            if (keyed.contains(column.name())
                    && !column.notNull()
                    && !column.name().equals(alias)
                    && session.first(
                                    "SELECT 1 FROM " + Quoting.table(name) + " WHERE "
                                            + Quoting.identifier(column.name()) + " IS NULL LIMIT 1",
                                    row -> true)
                            .isPresent()) {
                return false;
            }
        }
        return true;
    }

    private List<Indexed> indexes(TableName name) throws SQLException {
        List<Indexed> indexes = new ArrayList<>();
        List<Indexed> named = session.list(
                "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?) ORDER BY seq DESC",
                row -> new Indexed(row.getString(1), row.getBoolean(2), row.getString(3), Map.of(), !row.getBoolean(4)),
                name.name());
        for (Indexed index : named) {
            Map<String, String> collations = new LinkedHashMap<>();
            List<Boolean> plain = session.list(
                    "SELECT name, coll FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno",
                    row -> {
                        String column = row.getString(1);
                        if (column != null) {
                            collations.put(column, row.getString(2).toUpperCase(Locale.ROOT));
                        }
                        return column != null;
                    },
                    index.name());
            indexes.add(new Indexed(
                    index.name(), index.unique(), index.origin(), collations, index.whole() && !plain.contains(false)));
        }
        return indexes;
    }

    private List<ForeignKey> references(TableName name) throws SQLException {
        Map<Integer, List<String[]>> parts = new TreeMap<>();
        session.list(
                "SELECT id, \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?) ORDER BY id, seq",
                row -> parts.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                        .add(new String[] {row.getString(2), row.getString(3), row.getString(4)}),
                name.name());
        List<ForeignKey> references = new ArrayList<>();
        for (List<String[]> columns : parts.values()) {
            // Without the columns it means the other table's primary key.
            if (columns.stream().allMatch(part -> part[2] != null)) {
                references.add(new ForeignKey(
                        name.name() + "_" + columns.get(0)[0] + "_fkey",
                        columns.stream().map(part -> part[0]).toList(),
                        new TableName(database, null, columns.get(0)[1]),
                        columns.stream().map(part -> part[2]).toList(),
                        null));
            }
        }
        return references;
    }

    /** Whether the table's definition keeps its primary key from being NULL. */
    static boolean isNeverNull(JdbcSession session, TableDescription table) throws SQLException {
        return session
                .list(
                        "SELECT name FROM pragma_table_xinfo(?) WHERE pk > 0 AND NOT \"notnull\"",
                        row -> row.getString(1),
                        table.name().name())
                .stream()
                .allMatch(name -> table.column(name)
                        .map(column -> column.identity() != null)
                        .orElse(false));
    }

    /** Whether the key's values can be told apart and ordered: SQLite's own collations, and types that promise one. */
    static boolean isOrdered(TableDescription table, Key key) {
        return key.columns().stream()
                .allMatch(name -> table.column(name)
                        .map(column -> !SqliteTypes.isAny(column.nativeType())
                                && (column.collation() == null || COLLATIONS.contains(column.collation())))
                        .orElse(false));
    }
}
