package io.godwit.connector.postgresql;

import io.godwit.core.job.Connection;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/** A database of the test server, as a person at a prompt sees it. */
final class Database {
    private final String name;

    private Database(String name) {
        this.name = name;
    }

    /** Made where it is missing. */
    static Database of(String name) {
        PostgresServer.connection(name);
        return new Database(name);
    }

    Connection connection() {
        return PostgresServer.connection(name);
    }

    PgConnection open() throws SQLException {
        return PostgresServer.get().connect(name).unwrap(PgConnection.class);
    }

    Database run(String... statements) throws SQLException {
        try (PgConnection session = open();
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /** Every row, its columns joined by {@code |}. */
    List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PgConnection session = open();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> texts = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    texts.add(String.valueOf(row.getString(i)));
                }
                rows.add(String.join("|", texts));
            }
        }
        return rows;
    }

    @Nullable
    String one(String sql) throws SQLException {
        return rows(sql).get(0);
    }

    /** A table as both ends of a migration see it. */
    TableDescription describe(String schema, String table) throws SQLException {
        try (PgConnection session = open()) {
            try (Statement statement = session.createStatement()) {
                statement.execute("SET search_path = pg_catalog");
            }
            return new PostgresCatalog(session, name)
                    .describe(List.of(new TableName(name, schema, table)))
                    .get(0);
        }
    }
}
