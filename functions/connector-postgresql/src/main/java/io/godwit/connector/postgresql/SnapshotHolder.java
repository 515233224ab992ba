package io.godwit.connector.postgresql;

import io.godwit.connector.jdbc.Side;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postgresql.jdbc.PgConnection;

/**
 * Keeps an exported snapshot alive, in a transaction of its own session. It speaks to the server from time to time, so
 * that neither end takes it for dead; where it dies all the same, readers are told that the snapshot is lost.
 */
final class SnapshotHolder implements AutoCloseable {
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

    private final PgConnection session;
    private final ScheduledExecutorService keepAlive;
    private final String snapshot;

    private SnapshotHolder(PgConnection session, String snapshot) {
        this.session = session;
        this.snapshot = snapshot;
        this.keepAlive = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "godwit-snapshot-" + snapshot);
            thread.setDaemon(true);
            return thread;
        });
        // Throws when the session is lost, which ends the schedule.
        var unused =
                keepAlive.scheduleWithFixedDelay(this::ping, KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    }

    /** Opens a session and exports its snapshot. */
    static SnapshotHolder open(Connection connection, SecretResolver secrets) {
        PgConnection session = PostgresConnections.open(
                connection, secrets, Side.SOURCE, Map.of("idle_in_transaction_session_timeout", "0"));
        try {
            if (session.getServerMajorVersion() >= FIRST_WITH_TRANSACTION_TIMEOUT) {
                PostgresConnections.set(session, new HashMap<>(Map.of("transaction_timeout", "0")));
            }
            return new SnapshotHolder(session, export(session));
        } catch (SQLException e) {
            PostgresConnections.closeQuietly(session);
            throw new PostgresErrors(Side.SOURCE, connection).during(e, "taking a snapshot");
        }
    }

    private static String export(PgConnection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            try (ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private void ping() {
        try (Statement statement = session.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            throw new IllegalStateException("the session of snapshot " + snapshot + " is lost", e);
        }
    }

    /** The name by which other sessions of the same database read from it. */
    String snapshot() {
        return snapshot;
    }

    @Override
    public void close() {
        keepAlive.shutdownNow();
        PostgresConnections.closeQuietly(session);
    }
}
