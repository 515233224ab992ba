package io.godwit.connector.postgresql;

import io.godwit.connector.jdbc.Side;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * A session with a sink's database, always in a transaction, and the few forms in which statements run in it. Names in
 * statements are qualified; the user's own search path holds only where {@link #useOwnSearchPath the user's own code}
 * runs.
 */
final class PostgresSinkSession implements AutoCloseable {
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

    /** Reads one row of an answer. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    PgConnection jdbc() {
        return jdbc;
    }

    boolean isClosed() throws SQLException {
        return jdbc.isClosed();
    }

    /** Runs one statement that answers nothing. */
    void run(String sql) throws SQLException {
        try (Statement statement = jdbc.createStatement()) {
            // Braces in SQL are PostgreSQL's, not JDBC's.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /**
     * Runs a statement and says how many rows it changed.
     *
     * @param parameters strings, numbers, byte[] or String[]; null is NULL
     */
    long change(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeLargeUpdate();
        }
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        }
    }

    /** Many rows, of which only some are held at a time. */
    void forEach(String sql, Row<?> row, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    row.read(rows);
                }
            }
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return list(sql, row, parameters).stream().findFirst();
    }

    /** The only row of an answer that always has one. */
    <T> T one(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return first(sql, row, parameters).orElseThrow(() -> new SQLException("no row came back", "02000"));
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

    void commit() throws SQLException {
        jdbc.commit();
    }

    /** Undoes the transaction; where the session is gone, the server has. */
    void rollbackQuietly() {
        try {
            jdbc.rollback();
        } catch (SQLException e) {
            PostgresConnections.closeQuietly(jdbc);
        }
    }

    @Override
    public void close() {
        PostgresConnections.closeQuietly(jdbc);
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = jdbc.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            if (parameter instanceof String[] texts) {
                statement.setArray(i + 1, jdbc.createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, parameter);
            }
        }
        return statement;
    }
}
