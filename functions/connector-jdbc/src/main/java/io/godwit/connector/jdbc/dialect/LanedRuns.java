package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkRuns;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.run.StepId;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The run rows, and who may change them. Not every database locks a row for many at once, so that a step has lanes:
 * whoever writes locks one of them, any, and whoever closes locks all. An UPDATE locks everywhere, under every setting
 * of a server.
 */
final class LanedRuns extends SinkRuns {
    /** Two writers that chance upon one lane write one after the other. */
    private static final int LANES = 64;

    LanedRuns(JdbcSession session, Dialect dialect) {
        super(session, dialect.sink().own().now());
    }

    @Override
    public RunRow lockShared(StepId step) throws SQLException {
        session.change(
                "UPDATE godwit_lane SET taken = 0 WHERE step = ? AND lane = ?",
                step.value(),
                ThreadLocalRandom.current().nextInt(LANES));
        return find(step);
    }

    @Override
    public RunRow lock(StepId step) throws SQLException {
        session.change("UPDATE godwit_lane SET taken = 0 WHERE step = ?", step.value());
        return find(step);
    }

    @Override
    public void open(StepId step) throws SQLException {
        if (session.first("SELECT 1 FROM godwit_run WHERE step = ?", row -> true, step.value())
                .isPresent()) {
            return;
        }
        for (int lane = 0; lane < LANES; lane++) {
            session.change("INSERT INTO godwit_lane (step, lane, taken) VALUES (?, ?, 0)", step.value(), lane);
        }
        session.change("INSERT INTO godwit_run (step, state) VALUES (?, 'open')", step.value());
    }
}
