package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkRuns;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.run.StepId;
import java.sql.SQLException;

/** The run rows. Who looks at one in a transaction that writes has locked it: the file has one writer at a time. */
final class SqliteSinkRuns extends SinkRuns {
    SqliteSinkRuns(JdbcSession session) {
        super(session, SqliteSinkSchema.NOW);
    }

    @Override
    public RunRow lockShared(StepId step) throws SQLException {
        return find(step);
    }

    @Override
    public RunRow lock(StepId step) throws SQLException {
        return find(step);
    }

    @Override
    public void open(StepId step) throws SQLException {
        session.change(
                "INSERT INTO godwit_run (step, state) VALUES (?, 'open') ON CONFLICT (step) DO NOTHING", step.value());
    }
}
