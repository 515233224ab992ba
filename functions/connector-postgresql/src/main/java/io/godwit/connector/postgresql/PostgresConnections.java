package io.godwit.connector.postgresql;

import static io.godwit.core.error.ErrorCode.NOT_SUPPORTED;

import io.godwit.connector.Hosts;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;

/**
 * Opens sessions that read and write values alike, whatever the server, the database and the role are set to. Nobody
 * else opens one.
 */
final class PostgresConnections {
    static final int DEFAULT_PORT = 5432;
    private static final int OLDEST_VERSION = 12;

    /** Everything is in the properties, so that no part of an address is ever parsed. */
    private static final String NO_ADDRESS = "jdbc:postgresql://";

    /** Longer than any statement: a peer that is silent for so long is gone. In seconds. */
    private static final int SOCKET_TIMEOUT = 900;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("client_encoding", "UTF8"),
            Map.entry("DateStyle", "ISO, YMD"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("extra_float_digits", "1"),
            Map.entry("TimeZone", "UTC"),
            Map.entry("bytea_output", "hex"),
            Map.entry("xmloption", "content"),
            Map.entry("standard_conforming_strings", "on"),
            // Names in catalog answers come schema-qualified, and nobody's function is taken for a built-in one.
            Map.entry("search_path", "pg_catalog"),
            Map.entry("lock_timeout", "30s"),
            Map.entry("jit", "off"));

    private static final Map<String, String> SOURCE_SETTINGS = Map.of(
            "default_transaction_read_only",
            "on",
            // Rows that a policy hides must be an error, not a loss.
            "row_security",
            "off",
            "statement_timeout",
            "600s",
            "idle_in_transaction_session_timeout",
            "600s",
            // Subtasks are the parallelism.
            "max_parallel_workers_per_gather",
            "0");

    private PostgresConnections() {}

    static PgConnection open(Connection connection, SecretResolver secrets, Side side) {
        return open(connection, secrets, side, Map.of());
    }

    /**
     * Opens a session.
     *
     * @param settings more server settings, over those pinned for the side
     * @throws GodwitException unreachable or login refused in the side's codes; CONNECTION_OPTION_REFUSED;
     *     NOT_SUPPORTED for a server that is too old
     */
    static PgConnection open(Connection connection, SecretResolver secrets, Side side, Map<String, String> settings) {
        PostgresErrors errors = new PostgresErrors(side, connection);
        Properties properties = properties(connection, secrets);
        String endpoint = endpoint(connection);
        try {
            java.sql.Connection opened = new Driver().connect(NO_ADDRESS, properties);
            if (opened == null) {
                throw new SQLException("the driver refused its own kind of address");
            }
            return pinned(opened.unwrap(PgConnection.class), connection, side, settings);
        } catch (SQLException e) {
            throw errors.opening(e, endpoint);
        }
    }

    private static PgConnection pinned(
            PgConnection session, Connection connection, Side side, Map<String, String> settings) throws SQLException {
        try {
            int version = session.getServerMajorVersion();
            if (version < OLDEST_VERSION) {
                throw new GodwitException(
                        NOT_SUPPORTED,
                        "connection " + connection.name() + ": PostgreSQL " + version + " is too old",
                        "Godwit reads and writes PostgreSQL " + OLDEST_VERSION + " and later.");
            }
            Map<String, String> all = new LinkedHashMap<>(SETTINGS);
            if (side == Side.SOURCE) {
                all.putAll(SOURCE_SETTINGS);
            }
            all.putAll(settings);
            set(session, all);
            return session;
        } catch (SQLException | RuntimeException e) {
            closeQuietly(session);
            throw e;
        }
    }

    /** Sets settings for the session, in one round trip. */
    static void set(PgConnection session, Map<String, String> settings) throws SQLException {
        String calls = settings.keySet().stream()
                .map(name -> "pg_catalog.set_config(?, ?, false)")
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = session.prepareStatement("SELECT " + calls)) {
            int parameter = 1;
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.setString(parameter++, setting.getKey());
                statement.setString(parameter++, setting.getValue());
            }
            statement.execute();
        }
    }

    /** {@code shop at db.example.org:5432}, for people. */
    static String endpoint(Connection connection) {
        return connection.database() + " at " + connection.host() + ":" + port(connection);
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // What mattered has been said already, and the server ends what is left.
        }
    }

    private static int port(Connection connection) {
        Integer port = connection.port();
        return port == null ? DEFAULT_PORT : port;
    }

    private static Properties properties(Connection connection, SecretResolver secrets) {
        Properties properties = new Properties();
        properties.setProperty("PGHOST", Hosts.of(connection));
        properties.setProperty("PGPORT", String.valueOf(port(connection)));
        properties.setProperty("PGDBNAME", connection.database());
        if (connection.user() != null) {
            properties.setProperty("user", connection.user());
        }
        if (connection.secret() != null) {
            properties.setProperty("password", secrets.resolve(connection.secret()));
        }
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT));
        properties.setProperty("assumeMinServerVersion", String.valueOf(OLDEST_VERSION));
        // Details of errors may hold rows.
        properties.setProperty("logServerErrorDetail", "false");
        PostgresOptions.apply(connection, properties);
        return properties;
    }
}
