package io.godwit.connector.postgresql;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.port.SecretResolver;
import io.godwit.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The one PostgreSQL server of this test JVM; each test class makes a database of its own in it. */
final class PostgresServer {
    private static final EmbeddedPostgres SERVER = start();

    private PostgresServer() {}

    private static EmbeddedPostgres start() {
        EmbeddedPostgres server = EmbeddedPostgres.builder().fsync(false).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    static EmbeddedPostgres get() {
        return SERVER;
    }

    /** A connection to a database, which is made where it is missing. */
    static Connection connection(String database) {
        try {
            SERVER.createDatabase(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Connection(
                database,
                "postgresql",
                SERVER.host(),
                SERVER.port(),
                database,
                SERVER.user(),
                "test:password",
                Map.of(),
                Limits.NONE,
                List.of());
    }

    static SecretResolver secrets() {
        return reference -> SERVER.password();
    }

    /** Kills the server with all its sessions, and starts it again on the same files. */
    static void crash() {
        SERVER.kill();
        SERVER.start();
    }
}
