package io.godwit.connector.postgresql;

import io.godwit.connector.kit.SampleTable;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Tables of the test server, made and filled as its superuser. */
final class PostgresTables {
    private PostgresTables() {}

    static void run(String database, String... statements) {
        try (Connection connection = PostgresServer.get().connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void create(String database, SampleTable sample) {
        String columns = sample.columns().stream()
                .map(column -> Quoting.identifier(column.name()) + " " + column.type())
                .collect(Collectors.joining(", "));
        String key = sample.key().isEmpty() ? "" : ", PRIMARY KEY (" + Quoting.identifiers(sample.key()) + ")";
        String table = Quoting.table(sample.name());
        run(
                database,
                "CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(Quoting.schema(sample.name())),
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " (" + columns + key + ")");
        insert(database, sample);
    }

    static void insert(String database, SampleTable sample) {
        String rows = sample.rows().stream()
                .map(row -> row.stream().map(PostgresTables::copied).collect(Collectors.joining("\t", "", "\n")))
                .collect(Collectors.joining());
        try (Connection connection = PostgresServer.get().connect(database)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + Quoting.table(sample.name()) + " FROM STDIN", new StringReader(rows));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String copied(@Nullable String value) {
        return value == null
                ? "\\N"
                : value.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }
}
