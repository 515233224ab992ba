package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkAsides;
import io.godwit.core.run.StepId;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Alone with a step: what commits as it goes is not begun by two. A session of its own holds a row that it never
 * commits; whoever inserts the same waits, and the row is gone with the session, however that ends.
 */
final class SinkGuard implements SinkAsides.Guard {
    /** How long somebody else who is at the same step is waited for. Seconds. */
    private static final int PATIENCE = 60;

    private final JdbcSession session;

    private SinkGuard(JdbcSession session) {
        this.session = session;
    }

    /** @throws SQLException where somebody else is at it for too long */
    static SinkGuard of(JdbcSession session, StepId step) throws SQLException {
        try (PreparedStatement statement =
                session.jdbc().prepareStatement("INSERT INTO godwit_guard (step) VALUES (?)")) {
            statement.setQueryTimeout(PATIENCE);
            statement.setString(1, step.value());
            statement.executeUpdate();
            return new SinkGuard(session);
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public void close() {
        session.rollbackQuietly();
        session.close();
    }
}
