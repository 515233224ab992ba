package io.godwit.connector.postgresql;

import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.jdbc.PgConnection;

/**
 * Describes tables from the system catalog: half a dozen queries, however many tables. Both ends of a migration see
 * their tables through it.
 */
final class PostgresCatalog {
    private final PgConnection session;
    private final String database;

    /** @param database the name of the database that the session is in, to be put into the names of tables */
    PostgresCatalog(PgConnection session, String database) {
        this.session = session;
        this.database = database;
    }

    /** Tables and views that a user made, in the order of their names. */
    List<TableName> tables() throws SQLException {
        List<TableName> tables = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(CatalogQueries.TABLES)) {
            while (rows.next()) {
                tables.add(new TableName(database, rows.getString(1), rows.getString(2)));
            }
        }
        tables.sort(null);
        return tables;
    }

    /** Those of the tables that exist, in the order asked for. */
    List<TableDescription> describe(List<TableName> wanted) throws SQLException {
        Set<TableName> names = new LinkedHashSet<>();
        wanted.forEach(table -> names.add(new TableName(database, Quoting.schema(table), table.name())));
        Map<Long, TableBuilder> tables = relations(names);
        if (tables.isEmpty()) {
            return List.of();
        }
        PostgresTypes types = PostgresTypes.load(session, tables.keySet());
        each(CatalogQueries.COLUMNS, tables, (row, table) -> table.addColumn(row, types));
        each(CatalogQueries.INDEXES, tables, (row, table) -> table.addIndex(row));
        each(CatalogQueries.CONSTRAINTS, tables, (row, table) -> table.addConstraint(row));
        if (tables.values().stream().anyMatch(TableBuilder::isPartitioned)) {
            each(
                    CatalogQueries.partitions(session.getServerMajorVersion()),
                    tables,
                    (row, table) -> table.addPartition(row));
        }
        Map<TableName, TableDescription> found = new LinkedHashMap<>();
        tables.values().forEach(table -> found.put(table.name(), table.build()));
        return names.stream().filter(found::containsKey).map(found::get).toList();
    }

    private Map<Long, TableBuilder> relations(Collection<TableName> wanted) throws SQLException {
        Map<Long, TableBuilder> tables = new LinkedHashMap<>();
        try (PreparedStatement statement = session.prepareStatement(CatalogQueries.RELATIONS)) {
            statement.setArray(
                    1,
                    session.createArrayOf(
                            "text", wanted.stream().map(Quoting::schema).toArray()));
            statement.setArray(
                    2,
                    session.createArrayOf(
                            "text", wanted.stream().map(TableName::name).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tables.put(row.getLong("oid"), new TableBuilder(database, row));
                }
            }
        }
        return tables;
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row, TableBuilder table) throws SQLException;
    }

    /** Runs a query whose parameter is the tables' oids, and whose column {@code attrelid} says whose each row is. */
    private void each(String sql, Map<Long, TableBuilder> tables, RowReader reader) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setArray(1, session.createArrayOf("int8", tables.keySet().toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    TableBuilder table = tables.get(row.getLong("attrelid"));
                    if (table != null) {
                        reader.read(row, table);
                    }
                }
            }
        }
    }
}
