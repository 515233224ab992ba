package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkRuns;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.run.StepId;
import java.sql.SQLException;

/** The run rows, which the server locks. */
final class MySqlSinkRuns extends SinkRuns {
    MySqlSinkRuns(JdbcSession session) {
        super(session, "CURRENT_TIMESTAMP(6)");
    }

    @Override
    public RunRow lockShared(StepId step) throws SQLException {
        return find(step, " LOCK IN SHARE MODE");
    }

    @Override
    public RunRow lock(StepId step) throws SQLException {
        return find(step, " FOR UPDATE");
    }

    @Override
    public void open(StepId step) throws SQLException {
        session.change(
                "INSERT INTO godwit_run (step, state) VALUES (?, 'open') ON DUPLICATE KEY UPDATE step = step",
                step.value());
    }
}
