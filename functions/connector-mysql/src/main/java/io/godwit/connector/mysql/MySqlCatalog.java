package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.mysql.MySqlTypes.Described;
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

/** Tables of one database, from {@code information_schema}. */
final class MySqlCatalog {
    static final String TABLE = "table";
    static final String VIEW = "view";

    /** What Godwit keeps in a sink is nobody's data. */
    static final String OWN_PREFIX = "godwit\\_";

    private static final String KINDS = "('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW')";
    private static final String PRIMARY = "PRIMARY";

    /** Tables asked for in one statement. */
    private static final int AT_ONCE = 500;

    private final JdbcSession session;
    private final String database;

    MySqlCatalog(JdbcSession session, String database) {
        this.session = session;
        this.database = database;
    }

    /** A column of an index; the name is null where the index is over an expression. */
    private record Part(
            boolean unique, String method, @Nullable String column, boolean prefix) {}

    List<String> databases() throws SQLException {
        return session.list(
                "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN "
                        + "('information_schema', 'mysql', 'performance_schema', 'sys') ORDER BY 1",
                row -> row.getString(1));
    }

    List<TableName> tables() throws SQLException {
        return session.list(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_type IN " + KINDS
                        + " AND table_name NOT LIKE '" + OWN_PREFIX + "%' ESCAPE '\\' ORDER BY table_name",
                row -> new TableName(database, null, row.getString(1)),
                database);
    }

    /** Those that exist. */
    List<TableDescription> describe(List<TableName> tables) throws SQLException {
        Map<String, TableDescription> found = new HashMap<>();
        for (int from = 0; from < tables.size(); from += AT_ONCE) {
            List<String> names = tables.subList(from, Math.min(from + AT_ONCE, tables.size())).stream()
                    .map(TableName::name)
                    .toList();
            found.putAll(describeAll(names));
        }
        List<TableDescription> described = new ArrayList<>();
        for (TableName table : tables) {
            TableDescription description = found.get(table.name());
            if (description != null) {
                described.add(description);
            }
        }
        return described;
    }

    private Map<String, TableDescription> describeAll(List<String> names) throws SQLException {
        String among =
                " AND table_name IN (" + names.stream().map(Quoting::literal).collect(Collectors.joining(", ")) + ")";
        Map<String, Set<String>> json = json(among);
        Map<String, List<Column>> columns = columns(among, json);
        Map<String, Map<String, List<Part>>> indexes = indexes(among);
        Map<String, List<ForeignKey>> references = references(among);
        Map<String, TableDescription> found = new HashMap<>();
        session.list(
                "SELECT table_name, table_type, table_comment, table_rows, data_length FROM information_schema.tables "
                        + "WHERE table_schema = ? AND table_type IN " + KINDS + among,
                row -> found.put(
                        row.getString(1),
                        table(
                                row,
                                columns.getOrDefault(row.getString(1), List.of()),
                                indexes.getOrDefault(row.getString(1), Map.of()),
                                references.getOrDefault(row.getString(1), List.of()))),
                database);
        return found;
    }

    private TableDescription table(
            ResultSet row, List<Column> columns, Map<String, List<Part>> indexes, List<ForeignKey> references)
            throws SQLException {
        Set<String> notNull = columns.stream()
                .filter(column -> !column.nullable())
                .map(Column::name)
                .collect(Collectors.toSet());
        Key primary = null;
        List<Key> unique = new ArrayList<>();
        List<Index> others = new ArrayList<>();
        for (Map.Entry<String, List<Part>> index : indexes.entrySet()) {
            List<Part> parts = index.getValue();
            List<String> names = parts.stream()
                    .filter(part -> part.column() != null && !part.prefix())
                    .map(Part::column)
                    .filter(java.util.Objects::nonNull)
                    .toList();
            boolean whole = names.size() == parts.size();
            boolean isUnique = parts.get(0).unique();
            if (index.getKey().equals(PRIMARY) && whole) {
                primary = new Key(PRIMARY, names);
                continue;
            }
            if (isUnique && whole && notNull.containsAll(names)) {
                unique.add(new Key(index.getKey(), names));
            }
            others.add(new Index(
                    index.getKey(),
                    isUnique,
                    parts.get(0).method().toLowerCase(Locale.ROOT),
                    whole ? names : List.of(),
                    null));
        }
        boolean view = row.getString(2).equals("VIEW");
        String comment = view ? null : row.getString(3);
        return new TableDescription(
                new TableName(database, null, row.getString(1)),
                view ? VIEW : TABLE,
                columns,
                primary,
                unique,
                others,
                references,
                List.of(),
                List.of(),
                comment == null || comment.isEmpty() ? null : comment,
                view ? -1 : row.getLong(4),
                view ? -1 : row.getLong(5));
    }

    private Map<String, List<Column>> columns(String among, Map<String, Set<String>> json) throws SQLException {
        Map<String, List<Column>> columns = new HashMap<>();
        session.list(
                "SELECT table_name, column_name, data_type, column_type, character_maximum_length, numeric_precision, "
                        + "numeric_scale, datetime_precision, is_nullable, column_default, extra, generation_expression, "
                        + "collation_name, column_comment FROM information_schema.columns WHERE table_schema = ?"
                        + among + " ORDER BY table_name, ordinal_position",
                row -> columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(column(
                                row,
                                json.getOrDefault(row.getString(1), Set.of()).contains(row.getString(2)))),
                database);
        return columns;
    }

    private static Column column(ResultSet row, boolean json) throws SQLException {
        String type = row.getString(3).toLowerCase(Locale.ROOT);
        Described described = new Described(
                type, row.getString(4), number(row, 5), integer(row, 6), integer(row, 7), integer(row, 8), json);
        String extra = row.getString(11).toLowerCase(Locale.ROOT);
        String generation = row.getString(12);
        boolean generated = generation != null && !generation.isEmpty();
        boolean nullable = row.getString(9).equals("YES");
        String given = row.getString(10);
        boolean noDefault = given == null || given.equals("NULL");
        String comment = row.getString(14);
        return new Column(
                row.getString(2),
                MySqlTypes.of(described),
                json ? "json" : row.getString(4),
                nullable,
                generated ? generation : noDefault ? null : given,
                generated,
                extra.contains("auto_increment") ? Column.Identity.BY_DEFAULT : null,
                json ? null : row.getString(13),
                comment == null || comment.isEmpty() ? null : comment);
    }

    /** MariaDB's JSON is text with a check, whose name is the column's. */
    private Map<String, Set<String>> json(String among) throws SQLException {
        Map<String, Set<String>> json = new HashMap<>();
        if (!session.jdbc().getMetaData().getDatabaseProductName().equalsIgnoreCase("MariaDB")) {
            return json;
        }
        session.list(
                "SELECT table_name, constraint_name, check_clause FROM information_schema.check_constraints "
                        + "WHERE constraint_schema = ?" + among,
                row -> isJson(row.getString(2), row.getString(3))
                        && json.computeIfAbsent(row.getString(1), table -> new HashSet<>())
                                .add(row.getString(2)),
                database);
        return json;
    }

    /** The server writes the clause in the quotes of the session's sql_mode. */
    private static boolean isJson(String column, String clause) {
        String plain = clause.replace('"', '`').toLowerCase(Locale.ROOT);
        return plain.equals(
                "json_valid(" + Quoting.identifier(column).replace('"', '`').toLowerCase(Locale.ROOT) + ")");
    }

    private Map<String, Map<String, List<Part>>> indexes(String among) throws SQLException {
        Map<String, Map<String, List<Part>>> indexes = new HashMap<>();
        session.list(
                "SELECT table_name, index_name, non_unique, index_type, column_name, sub_part "
                        + "FROM information_schema.statistics WHERE table_schema = ?" + among
                        + " ORDER BY table_name, index_name, seq_in_index",
                row -> indexes.computeIfAbsent(row.getString(1), table -> new LinkedHashMap<>())
                        .computeIfAbsent(row.getString(2), index -> new ArrayList<>())
                        .add(new Part(
                                row.getInt(3) == 0, row.getString(4), row.getString(5), row.getString(6) != null)),
                database);
        return indexes;
    }

    private Map<String, List<ForeignKey>> references(String among) throws SQLException {
        Map<String, Map<String, List<String[]>>> parts = new LinkedHashMap<>();
        session.list(
                "SELECT table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name, "
                        + "referenced_column_name FROM information_schema.key_column_usage WHERE table_schema = ? "
                        + "AND referenced_table_name IS NOT NULL" + among
                        + " ORDER BY table_name, constraint_name, ordinal_position",
                row -> parts.computeIfAbsent(row.getString(1), table -> new LinkedHashMap<>())
                        .computeIfAbsent(row.getString(2), name -> new ArrayList<>())
                        .add(new String[] {row.getString(3), row.getString(4), row.getString(5), row.getString(6)}),
                database);
        Map<String, List<ForeignKey>> references = new HashMap<>();
        parts.forEach((table, keys) -> keys.forEach((name, columns) -> references
                .computeIfAbsent(table, key -> new ArrayList<>())
                .add(new ForeignKey(
                        name,
                        columns.stream().map(part -> part[0]).toList(),
                        new TableName(columns.get(0)[1], null, columns.get(0)[2]),
                        columns.stream().map(part -> part[3]).toList(),
                        null))));
        return references;
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
