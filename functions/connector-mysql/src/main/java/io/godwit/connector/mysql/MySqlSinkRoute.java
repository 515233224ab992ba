package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.jdbc.sink.SinkTransaction;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The way of rows into the target. Rows that may meet others go through a temporary table, in their order, so that the
 * last of equal keys wins, or the first where rows that are there are kept.
 */
final class MySqlSinkRoute implements SinkTransaction.Load {
    private static final TableName BETWEEN = new TableName(null, null, "godwit_rows");

    private final JdbcSession session;
    private final MySqlLoad load;
    private final List<String> merge;

    private MySqlSinkRoute(JdbcSession session, MySqlLoad load, List<String> merge) {
        this.session = session;
        this.load = load;
        this.merge = merge;
    }

    static MySqlSinkRoute of(JdbcSession session, SinkTarget target) throws SQLException {
        TablePlan plan = target.first();
        if (!plan.mode().needsKey()) {
            return new MySqlSinkRoute(session, new MySqlLoad(session, target.loaded(), plan.columns()), List.of());
        }
        String names = MySqlLoad.names(plan.columns());
        session.run("DROP TEMPORARY TABLE IF EXISTS " + Quoting.table(BETWEEN));
        session.run("CREATE TEMPORARY TABLE " + Quoting.table(BETWEEN)
                + " (godwit_place bigint AUTO_INCREMENT PRIMARY KEY) ENGINE = InnoDB SELECT " + names + " FROM "
                + Quoting.table(target.name()) + " LIMIT 0");
        String changes = plan.mode() == WriteMode.UPSERT
                ? plan.columns().stream()
                        .map(column -> Quoting.identifier(column.target()))
                        .map(name -> name + " = VALUES(" + name + ")")
                        .collect(Collectors.joining(", "))
                : kept(target);
        return new MySqlSinkRoute(
                session,
                new MySqlLoad(session, BETWEEN, plan.columns()),
                List.of(
                        "INSERT INTO " + Quoting.table(target.name()) + " (" + names + ") SELECT " + names + " FROM "
                                + Quoting.table(BETWEEN) + " ORDER BY godwit_place ON DUPLICATE KEY UPDATE " + changes,
                        "DELETE FROM " + Quoting.table(BETWEEN)));
    }

    /** Changes nothing. */
    private static String kept(SinkTarget target) {
        String key = Quoting.identifier(target.first().key().get(0));
        return key + " = " + Quoting.table(target.name()) + "." + key;
    }

    @Override
    public void load(Chunk chunk, int from, int to) throws SQLException {
        load.load(chunk, from, to);
        for (String statement : merge) {
            session.run(statement);
        }
    }
}
