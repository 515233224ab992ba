package io.godwit.connector.postgresql;

import io.godwit.core.table.Column;
import io.godwit.core.table.ForeignKey;
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A description in the making, from rows of {@link CatalogQueries}: columns first. */
final class TableBuilder {
    static final String TABLE = "table";
    static final String PARTITIONED = "partitioned table";
    static final String VIEW = "view";
    static final String FOREIGN_TABLE = "foreign table";
    private static final Map<String, String> KINDS =
            Map.of("r", TABLE, "p", PARTITIONED, "v", VIEW, "m", "materialized view", "f", FOREIGN_TABLE);

    private final @Nullable String database;
    private final TableName name;
    private final String kind;
    private final @Nullable String comment;
    private final List<Column> columns = new ArrayList<>();
    private final Map<Integer, String> columnNames = new HashMap<>();
    private final Set<String> notNull = new HashSet<>();
    private @Nullable Key primaryKey;
    private final List<Key> uniqueKeys = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final List<String> checks = new ArrayList<>();
    private final List<TableName> partitions = new ArrayList<>();
    private long estimatedRows;
    private long estimatedBytes;

    TableBuilder(@Nullable String database, ResultSet row) throws SQLException {
        this.database = database;
        name = name(row);
        String relkind = row.getString("relkind");
        kind = KINDS.getOrDefault(relkind, relkind);
        comment = row.getString("description");
        estimatedRows = row.getLong("estimated_rows");
        estimatedBytes = row.getLong("estimated_bytes");
    }

    TableName name() {
        return name;
    }

    boolean isPartitioned() {
        return kind.equals(PARTITIONED);
    }

    void addColumn(ResultSet row, PostgresTypes types) throws SQLException {
        String column = row.getString("attname");
        columnNames.put(row.getInt("attnum"), column);
        String nativeType = row.getString("native_type");
        if (row.getBoolean("not_null")) {
            notNull.add(column);
        }
        columns.add(new Column(
                column,
                types.logical(row.getLong("atttypid"), row.getInt("atttypmod"), nativeType),
                nativeType,
                !row.getBoolean("not_null"),
                row.getString("expression"),
                row.getBoolean("generated"),
                identity(row),
                row.getString("collation"),
                row.getString("description")));
    }

    private static Column.@Nullable Identity identity(ResultSet row) throws SQLException {
        return switch (row.getString("attidentity")) {
            case "a" -> Column.Identity.ALWAYS;
            case "d" -> Column.Identity.BY_DEFAULT;
            default -> row.getBoolean("serial") ? Column.Identity.SERIAL : null;
        };
    }

    void addIndex(ResultSet row) throws SQLException {
        String index = row.getString("relname");
        List<String> over = columnNames(row);
        boolean unique = row.getBoolean("indisunique");
        if (row.getBoolean("indisprimary")) {
            primaryKey = new Key(index, over);
            return;
        }
        if (unique && row.getBoolean("plain") && notNull.containsAll(over)) {
            uniqueKeys.add(new Key(index, over));
        }
        indexes.add(new Index(
                index,
                unique,
                row.getString("amname"),
                row.getBoolean("expressions") ? List.of() : over,
                row.getString("definition")));
    }

    void addConstraint(ResultSet row) throws SQLException {
        String constraint = row.getString("conname");
        String definition = row.getString("definition");
        if (row.getString("contype").equals("c")) {
            checks.add("CONSTRAINT " + Quoting.identifier(constraint) + " " + definition);
        } else {
            foreignKeys.add(
                    new ForeignKey(constraint, columnNames(row), name(row), texts(row, "referenced"), definition));
        }
    }

    /** What is not known of one partition is not known of the whole. */
    void addPartition(ResultSet row) throws SQLException {
        long rows = row.getLong("estimated_rows");
        long bytes = row.getLong("estimated_bytes");
        boolean first = partitions.isEmpty();
        estimatedRows = first ? rows : rows < 0 || estimatedRows < 0 ? -1 : estimatedRows + rows;
        estimatedBytes = first ? bytes : bytes < 0 || estimatedBytes < 0 ? -1 : estimatedBytes + bytes;
        partitions.add(name(row));
    }

    TableDescription build() {
        boolean empty = isPartitioned() && partitions.isEmpty();
        return new TableDescription(
                name,
                kind,
                columns,
                primaryKey,
                uniqueKeys,
                indexes,
                foreignKeys,
                checks,
                partitions,
                comment,
                empty ? 0 : estimatedRows,
                empty ? 0 : estimatedBytes);
    }

    private TableName name(ResultSet row) throws SQLException {
        return new TableName(database, row.getString("nspname"), row.getString("relname"));
    }

    /** Numbers of columns to names; an expression has the number 0, and no name. */
    private List<String> columnNames(ResultSet row) throws SQLException {
        return Arrays.stream((Number[]) row.getArray("columns").getArray())
                .map(number -> columnNames.get(number.intValue()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
