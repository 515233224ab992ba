package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkAsides;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.StepId;
import java.sql.SQLException;
import java.util.Locale;

/** Being alone with a step: what commits as it goes is not begun by two. The session holds it over its commits. */
final class MySqlSinkLock implements SinkAsides.Guard {
    /** How long somebody else who prepares or publishes the same step is waited for. Seconds. */
    private static final int PATIENCE = 60;

    /** Characters that the server takes of a lock's name. */
    private static final int NAME = 64;

    private final JdbcSession session;
    private final String name;

    private MySqlSinkLock(JdbcSession session, String name) {
        this.session = session;
        this.name = name;
    }

    /** @throws GodwitException SINK_INTERRUPTED where somebody else is at it for too long */
    static MySqlSinkLock of(JdbcSession session, String database, StepId step) throws SQLException {
        String lock = String.format(Locale.ROOT, "godwit %08x %s", step.value().hashCode(), database);
        String name = lock.length() > NAME ? lock.substring(0, NAME) : lock;
        if (!session.one("SELECT coalesce(GET_LOCK(?, ?), 0)", row -> row.getBoolean(1), name, PATIENCE)) {
            throw new GodwitException(
                    ErrorCode.SINK_INTERRUPTED, "step " + step + ": somebody else is at it", "It will be tried again.");
        }
        return new MySqlSinkLock(session, name);
    }

    @Override
    public void close() throws SQLException {
        if (!session.isClosed()) {
            session.rollbackQuietly();
            session.list("SELECT RELEASE_LOCK(?)", row -> true, name);
        }
    }
}
