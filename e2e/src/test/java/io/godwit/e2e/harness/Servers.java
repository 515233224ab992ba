package io.godwit.e2e.harness;

import io.godwit.connector.file.s3.S3Server;
import io.godwit.embedded.EmbeddedMariaDb;
import io.godwit.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two servers, left and right, in the place of a user's. Databases are made anew for each use. */
public final class Servers implements AutoCloseable {
    private final EmbeddedPostgres left =
            EmbeddedPostgres.builder().fsync(false).start();
    private final EmbeddedPostgres right =
            EmbeddedPostgres.builder().fsync(false).start();

    private @Nullable EmbeddedMariaDb mariaDb;

    public EmbeddedPostgres left() {
        return left;
    }

    public EmbeddedPostgres right() {
        return right;
    }

    /** Which server a scenario's connection is on: sources and even shards left, the rest right. */
    public EmbeddedPostgres of(String connection) {
        return connection.equals("source") || connection.equals("shard-0") ? left : right;
    }

    /** A MariaDB beside them, started at its first use. */
    public EmbeddedMariaDb mariaDb() {
        if (mariaDb == null) {
            mariaDb = EmbeddedMariaDb.start(false);
        }
        return mariaDb;
    }

    /** Drops and makes a database, and runs a script in it. */
    public static void create(EmbeddedPostgres server, String database, String script) throws SQLException {
        try (Connection admin = server.connect("postgres");
                Statement statement = admin.createStatement()) {
            statement.execute("drop database if exists \"" + database + "\" with (force)");
            statement.execute("create database \"" + database + "\"");
        }
        execute(server, database, script);
    }

    public static void execute(EmbeddedPostgres server, String database, String script) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    /** A connection document for the job file. */
    public String document(String name, String database) {
        EmbeddedPostgres server = of(name);
        return document(name, "postgresql", server.port(), database, server.user());
    }

    /** A connection document for a database of the MariaDB. */
    public String mariaDbDocument(String name, String database) {
        return document(name, "mariadb", mariaDb().port(), database, mariaDb().user());
    }

    /** The beginning of a connection document for a bucket, without its options. */
    static String bucketDocument(String name, String bucket) {
        return document(name, "s3", S3Server.port(), bucket, S3Server.USER).replace("---\n", "");
    }

    private static String document(String name, String type, int port, String database, String user) {
        return """
                kind: Connection
                name: %s
                type: %s
                host: 127.0.0.1
                port: %d
                database: %s
                user: %s
                secret: env:%s
                ---
                """.formatted(
                        name,
                        type,
                        port,
                        database,
                        user,
                        type.equals("mariadb") ? "GODWIT_TEST_MARIADB_PASSWORD" : "GODWIT_TEST_PASSWORD");
    }

    /** Rows of a query as text, sorted: for comparing two sides. */
    public static List<String> rows(EmbeddedPostgres server, String database, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            try (var row = statement.executeQuery("select q::text from (" + query + ") as q")) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        if (mariaDb != null) {
            mariaDb.close();
        }
    }
}
