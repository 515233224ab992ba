package io.godwit.connector.postgresql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * A session with a sink's database, always in a transaction, and the few forms in which statements run in it. Names in
 * statements are qualified; the user's own search path holds only where {@link #useOwnSearchPath the user's own code}
 * runs.
 */
final class PostgresSinkSession extends JdbcSession {
    private static final Map<String, String> SETTINGS = Map.of(
            "default_transaction_read_only", "off",
            "default_transaction_isolation", "read committed",
            // A role's own limit must not end a load or an index that takes its time; the functions have deadlines.
            "statement_timeout", "0",
            // The driver does not listen while it sends a COPY: a notice per row would end in both waiting for ever.
            "client_min_messages", "error",
            // A writer that stopped between two statements lets go of its subtask.
            "idle_in_transaction_session_timeout", "300s");

    /**
     * Settings that not every version knows, and one that is only raised: a commit that is answered must be on disk.
     */
    private static final String MORE_SETTINGS = """
            SELECT set_config(s.name, v.value, false)
              FROM (VALUES ('client_connection_check_interval', '10s', NULL), ('transaction_timeout', '0', NULL),
                           ('idle_session_timeout', '0', NULL), ('tcp_keepalives_idle', '60', NULL),
                           ('tcp_keepalives_interval', '10', NULL), ('tcp_keepalives_count', '6', NULL),
                           ('synchronous_commit', 'local', 'off')) v(name, value, instead_of)
              JOIN pg_settings s ON s.name = v.name AND coalesce(s.setting = v.instead_of, true)
            """;

    private static final int FETCHED = 1000;

    private final PgConnection jdbc;
    private final String ownSearchPath;

    private PostgresSinkSession(PgConnection jdbc, String ownSearchPath) {
        super(jdbc);
        this.jdbc = jdbc;
        this.ownSearchPath = ownSearchPath;
    }

    /** @throws io.godwit.core.error.GodwitException as {@link PostgresConnections#open} */
    static PostgresSinkSession open(Connection connection, SecretResolver secrets) {
        PgConnection jdbc = PostgresConnections.open(connection, secrets, Side.SINK, SETTINGS);
        try {
            jdbc.setAutoCommit(false);
            PostgresSinkSession settings = new PostgresSinkSession(jdbc, "");
            settings.list(MORE_SETTINGS, row -> row.getString(1));
            String own = settings.one(
                    "SELECT reset_val FROM pg_settings WHERE name = 'search_path'", row -> row.getString(1));
            jdbc.commit();
            return new PostgresSinkSession(jdbc, own);
        } catch (SQLException e) {
            PostgresConnections.closeQuietly(jdbc);
            throw new PostgresErrors(Side.SINK, connection).during(e, "opening a session");
        }
    }

    @Override
    public PgConnection jdbc() {
        return jdbc;
    }

    /** Many rows, of which only some are held at a time. */
    @SuppressWarnings("NullAway") // javac 17 forgets what the parameters' annotation is of, once compiled
    void forEach(String sql, Row<?> row, @Nullable Object... parameters) throws SQLException {
        forEach(sql, FETCHED, row, parameters);
    }

    /** Lets the target's triggers, or the user's own SQL, find names as they do in the user's own sessions. */
    void useOwnSearchPath() throws SQLException {
        setLocal("search_path", ownSearchPath);
    }

    void useCatalogSearchPath() throws SQLException {
        setLocal("search_path", "pg_catalog");
    }

    /** Sets a setting until the transaction ends. */
    void setLocal(String setting, String value) throws SQLException {
        list("SELECT pg_catalog.set_config(?, ?, true)", row -> row.getString(1), setting, value);
    }

    /** Texts may come in arrays. */
    @Override
    protected void set(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        if (value instanceof String[] texts) {
            statement.setArray(place, jdbc.createArrayOf("text", texts));
        } else {
            super.set(statement, place, value);
        }
    }
}
