package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.port.SecretResolver;
import io.godwit.embedded.EmbeddedMariaDb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The one MariaDB server of this test JVM; each test class makes a database of its own in it. */
final class MySqlServer {
    private static final EmbeddedMariaDb SERVER = start();

    private MySqlServer() {}

    private static EmbeddedMariaDb start() {
        EmbeddedMariaDb server = EmbeddedMariaDb.start(false);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    /** A connection to a database, which is made where it is missing. */
    static Connection connection(String database) {
        run("mysql", "CREATE DATABASE IF NOT EXISTS " + Quoting.identifier(database));
        return named(database);
    }

    /** A connection to a database that is made anew. */
    static Connection anew(String database) {
        run("mysql", "DROP DATABASE IF EXISTS " + Quoting.identifier(database));
        return connection(database);
    }

    private static Connection named(String database) {
        return new Connection(
                database,
                "mariadb",
                SERVER.host(),
                SERVER.port(),
                database,
                SERVER.user(),
                "test:password",
                Map.of(),
                Limits.NONE,
                List.of());
    }

    /** The same connection with options. */
    static Connection with(Connection connection, Map<String, String> options) {
        return new Connection(
                connection.name(),
                connection.type(),
                connection.host(),
                connection.port(),
                connection.database(),
                connection.user(),
                connection.secret(),
                options,
                connection.limits(),
                connection.pools());
    }

    /** As a user whose server takes what it is given. */
    static void loosely(String database, String... statements) {
        List<String> all = new ArrayList<>(List.of("SET SESSION sql_mode = ''"));
        all.addAll(List.of(statements));
        run(database, all.toArray(new String[0]));
    }

    static SecretResolver secrets() {
        return reference -> SERVER.password();
    }

    static void run(String database, String... statements) {
        try (JdbcSession session = MySqlSessions.open(named(database), secrets(), Side.SINK)) {
            for (String sql : statements) {
                session.run(sql);
            }
            session.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only value of a query, as text. */
    static String one(String database, String sql) {
        try (JdbcSession session = MySqlSessions.open(named(database), secrets(), Side.SINK)) {
            return session.one(sql, row -> String.valueOf(row.getString(1)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills the server with all its sessions, and starts it again on the same files. */
    static void crash() {
        SERVER.kill();
        SERVER.start();
    }
}
