package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.jdbc.sink.SinkTransaction;
import io.godwit.core.plan.TablePlan;
import java.sql.SQLException;

/** The way of rows into the target: those that may meet others by the plan's key are staged. */
final class MySqlSinkRoute {
    private MySqlSinkRoute() {}

    static SinkTransaction.Load of(JdbcSession session, SinkTarget target) throws SQLException {
        TablePlan plan = target.first();
        if (plan.mode().needsKey()) {
            return MySqlSinkStage.create(session, target);
        }
        MySqlLoad load = new MySqlLoad(session, target.loaded(), plan.columns());
        return (Chunk chunk, int from, int to) -> load.load(chunk, from, to);
    }
}
