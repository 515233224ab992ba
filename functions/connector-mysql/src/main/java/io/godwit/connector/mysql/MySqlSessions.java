package io.godwit.connector.mysql;

import io.godwit.connector.Hosts;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;

/** Opens sessions with a server, and pins what changes how values look and what SQL means. */
final class MySqlSessions {
    static final int DEFAULT_PORT = 3306;

    /** For an answer of the server. Milliseconds. */
    private static final int SOCKET_TIMEOUT = 10 * 60 * 1000;

    /** For somebody else's lock on a row or on a table's definition. Seconds. */
    private static final int LOCK_TIMEOUT = 5 * 60;

    private static final List<String> SETTINGS = List.of(
            "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,STRICT_TRANS_TABLES,"
                    + "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO,ERROR_FOR_DIVISION_BY_ZERO'",
            "SET SESSION time_zone = '+00:00'",
            "SET SESSION net_write_timeout = 3600, net_read_timeout = 3600, wait_timeout = 28800",
            "SET SESSION lock_wait_timeout = " + LOCK_TIMEOUT + ", innodb_lock_wait_timeout = " + LOCK_TIMEOUT,
            "SET SESSION sql_select_limit = DEFAULT, sql_auto_is_null = 0");

    /** How long a writer may do nothing in its transaction, in which others may wait for it. Seconds. */
    private static final int STILL = 30;

    private MySqlSessions() {}

    /** The server ends the session of a writer that stands still. MariaDB's does: MySQL has no setting for that. */
    static void endWhereItStandsStill(JdbcSession session) throws SQLException {
        idle(session, STILL);
    }

    /** It does not, while another session works for this one. */
    static void mayStandStill(JdbcSession session) throws SQLException {
        idle(session, 0);
    }

    private static void idle(JdbcSession session, int seconds) throws SQLException {
        session.run("SET SESSION sql_auto_is_null = 0 /*M!100300 , idle_transaction_timeout = " + seconds + " */");
    }

    /**
     * Opens a session, in a transaction.
     *
     * @throws GodwitException CONNECTION_OPTION_REFUSED, SECRET_NOT_FOUND, or the side's unreachable or login refused
     */
    static JdbcSession open(Connection connection, SecretResolver secrets, Side side) {
        String host = Hosts.of(connection);
        MySqlErrors errors = new MySqlErrors(side, connection);
        try {
            JdbcSession session =
                    new JdbcSession(Driver.connect(configuration(connection, host, secrets, side == Side.SINK)));
            try {
                session.run("USE " + Quoting.identifier(connection.database()));
                for (String setting : SETTINGS) {
                    session.run(setting);
                }
                session.run(
                        side == Side.SINK
                                ? "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
                                : "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                session.jdbc().setAutoCommit(false);
                return session;
            } catch (SQLException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw errors.opening(e, endpoint(connection));
        }
    }

    /** {@code shop at db.example.org:3306}, for people. */
    static String endpoint(Connection connection) {
        return connection.database() + " at " + connection.host() + ":" + port(connection);
    }

    private static int port(Connection connection) {
        Integer port = connection.port();
        return port == null ? DEFAULT_PORT : port;
    }

    /** The URL holds the host alone, which was checked; the database is chosen by its quoted name. */
    private static Configuration configuration(
            Connection connection, String host, SecretResolver secrets, boolean loads) throws SQLException {
        MySqlOptions options = MySqlOptions.of(connection);
        Properties properties = new Properties();
        properties.setProperty("sslMode", options.sslMode());
        properties.setProperty("connectTimeout", String.valueOf(options.connectTimeoutSeconds() * 1000));
        properties.setProperty("allowPublicKeyRetrieval", String.valueOf(options.allowsPublicKeyRetrieval()));
        properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("allowMultiQueries", "false");
        // Only ever from a stream of ours: the driver gives a server no file that it asks for.
        properties.setProperty("allowLocalInfile", String.valueOf(loads));
        properties.setProperty("permitRedirect", "false");
        properties.setProperty("tinyInt1isBit", "false");
        properties.setProperty("transformedBitIsBoolean", "false");
        properties.setProperty("yearIsDateType", "false");
        properties.setProperty("useServerPrepStmts", String.valueOf(!loads));
        properties.setProperty("disablePipeline", "true");
        if (connection.user() != null) {
            properties.setProperty("user", connection.user());
        }
        if (connection.secret() != null) {
            properties.setProperty("password", secrets.resolve(connection.secret()));
        }
        return Configuration.parse("jdbc:mariadb://" + Hosts.inUrl(host) + ":" + port(connection) + "/", properties);
    }
}
