package io.godwit.connector.postgresql;

import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * A source's session: dialled at the first use, and given up after any failure, so that the next use starts on a sound
 * one. All that is done in it is read-only.
 */
final class SourceSession implements AutoCloseable {
    private final Connection connection;
    private final SecretResolver secrets;
    private final PostgresErrors errors;
    private @Nullable PgConnection open;

    SourceSession(Connection connection, SecretResolver secrets) {
        this.connection = connection;
        this.secrets = secrets;
        this.errors = new PostgresErrors(Side.SOURCE, connection);
    }

    /** Something done in a session. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T in(PgConnection session) throws SQLException;
    }

    /**
     * What a transaction reads from, and how it finds names.
     *
     * @param snapshot an exported one; null: now
     * @param usersNames whether SQL that a user wrote takes part (a condition, a view), which finds functions and
     *     operators where that user's own sessions find them
     */
    record View(@Nullable String snapshot, boolean usersNames) {
        static final View PLAIN = new View(null, false);
    }

    /**
     * Does work, outside of any transaction where the view is plain.
     *
     * @param doing for errors: {@code reading shop.orders}
     */
    <T extends @Nullable Object> T run(View view, String doing, Work<T> work) {
        PgConnection session = session();
        boolean done = false;
        try {
            begin(session, view);
            T result = work.in(session);
            if (!view.equals(View.PLAIN)) {
                execute(session, "ROLLBACK");
            }
            done = true;
            return result;
        } catch (SQLException e) {
            throw errors.during(e, doing);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private PgConnection session() {
        PgConnection session = open;
        if (session == null) {
            session = PostgresConnections.open(connection, secrets, Side.SOURCE);
            open = session;
        }
        return session;
    }

    private void begin(PgConnection session, View view) throws SQLException {
        if (view.equals(View.PLAIN)) {
            return;
        }
        execute(session, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        if (view.snapshot() != null) {
            take(session, view.snapshot());
        }
        if (view.usersNames()) {
            execute(session, "SET LOCAL search_path TO DEFAULT");
        }
    }

    private void take(PgConnection session, String snapshot) throws SQLException {
        try {
            execute(session, "SET TRANSACTION SNAPSHOT " + Quoting.literal(snapshot));
        } catch (SQLException e) {
            if (PostgresErrors.isTransient(PostgresErrors.state(e))) {
                throw e;
            }
            throw new GodwitException(
                    ErrorCode.SOURCE_SNAPSHOT_LOST,
                    "connection " + connection.name() + ": the snapshot is gone: " + PostgresErrors.text(e),
                    "Run again: its rows would be of another moment now.",
                    e);
        }
    }

    private static void execute(PgConnection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        PgConnection session = open;
        open = null;
        if (session != null) {
            PostgresConnections.closeQuietly(session);
        }
    }
}
