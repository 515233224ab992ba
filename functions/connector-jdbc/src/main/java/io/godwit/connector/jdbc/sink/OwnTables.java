package io.godwit.connector.jdbc.sink;

import io.godwit.connector.jdbc.JdbcSession;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Godwit's own tables in a sink, as a kind of database has them. */
public interface OwnTables {

    /** Whether they are there. To be asked first in a transaction. */
    boolean areThere(JdbcSession session) throws SQLException;

    /**
     * Inserts a row. Waits for a transaction that inserted the same to end.
     *
     * @param sql an INSERT of one row of parameters
     * @return false where the row is there; the transaction goes on
     */
    boolean insert(JdbcSession session, String sql, @Nullable Object... values) throws SQLException;

    SinkRuns runs(JdbcSession session);

    default SinkLedger ledger(JdbcSession session) {
        return new SinkLedger(session, this);
    }

    /** Where the target's refused rows are kept, in the session's transaction. */
    SinkQuarantine quarantine(JdbcSession session, SinkTarget target);

    /** Rows that are kept there. */
    SinkQuarantined quarantined(JdbcSession session);
}
