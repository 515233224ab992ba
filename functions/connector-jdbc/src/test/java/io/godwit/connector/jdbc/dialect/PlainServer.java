package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TestedSink;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.table.TableName;
import io.godwit.embedded.EmbeddedPostgres;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The one server of this test JVM; each test class makes a database of its own in it. */
final class PlainServer {
    private static final EmbeddedPostgres SERVER = start();

    private PlainServer() {}

    private static EmbeddedPostgres start() {
        EmbeddedPostgres server = EmbeddedPostgres.builder().fsync(false).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    static void crash() {
        SERVER.kill();
        SERVER.start();
    }

    static SecretResolver secrets() {
        return reference -> SERVER.password();
    }

    static Connection connection(String database) {
        try {
            SERVER.createDatabase(database);
            run(database, "CREATE SCHEMA IF NOT EXISTS kit");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Connection(
                database,
                "plain",
                SERVER.host(),
                SERVER.port(),
                database,
                SERVER.user(),
                "test:password",
                Map.of(),
                Limits.NONE,
                List.of());
    }

    static void run(String database, String... statements) throws SQLException {
        try (java.sql.Connection connection = SERVER.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A sink into a database of the server. */
    record Target(Connection connection, boolean definesInTransactions) implements TestedSink {

        @Override
        public Sink open() {
            return new DialectSink(new PlainDialect(definesInTransactions), connection, secrets());
        }

        @Override
        public TableName tableName(String name) {
            return new TableName(null, "kit", name);
        }
    }

    /** A source from a database of the server. */
    record Origin(Connection connection) implements TestedSource {

        @Override
        public Source open(Connection other) {
            return new DialectSource(new PlainDialect(true), other, secrets());
        }

        @Override
        public TableName tableName(String name) {
            return new TableName(connection.database(), "kit", name);
        }

        @Override
        public void create(SampleTable sample) {
            SqlWords words = new PlainWords();
            String columns = sample.columns().stream()
                    .map(column -> words.identifier(column.name()) + " " + column.type())
                    .collect(Collectors.joining(", "));
            String key = sample.key().isEmpty() ? "" : ", PRIMARY KEY (" + words.identifiers(sample.key()) + ")";
            try {
                run(
                        connection.database(),
                        "DROP TABLE IF EXISTS " + words.table(sample.name()),
                        "CREATE TABLE " + words.table(sample.name()) + " (" + columns + key + ")");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            insert(sample);
        }

        @Override
        public void insert(SampleTable sample) {
            String row = sample.columns().stream()
                    .map(column -> "CAST(? AS " + column.type().replaceFirst(" COLLATE.*", "") + ")")
                    .collect(Collectors.joining(", ", "(", ")"));
            try (java.sql.Connection session = SERVER.connect(connection.database());
                    PreparedStatement statement = session.prepareStatement(
                            "INSERT INTO " + new PlainWords().table(sample.name()) + " VALUES " + row)) {
                for (List<String> values : Collections.<List<String>>unmodifiableList(sample.rows())) {
                    for (int i = 0; i < values.size(); i++) {
                        statement.setString(i + 1, values.get(i));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
