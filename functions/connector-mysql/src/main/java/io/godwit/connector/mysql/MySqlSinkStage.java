package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.Chunk;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.jdbc.sink.SinkTransaction;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows that may meet others by the plan's key go through a temporary table, in their order: of equal keys the last
 * wins, or the first where rows that are there are kept.
 *
 * <p>ON DUPLICATE KEY UPDATE makes rows meet by whatever unique index. It is for a table whose only one is the plan's
 * key; elsewhere it would change the row of another key, and {@link MySqlSinkMeeting} is at work.
 */
final class MySqlSinkStage implements SinkTransaction.Load {
    static final TableName ROWS = new TableName(null, null, "godwit_rows");

    private final JdbcSession session;
    private final MySqlLoad load;
    private final Merge merge;

    private MySqlSinkStage(JdbcSession session, MySqlLoad load, Merge merge) {
        this.session = session;
        this.load = load;
        this.merge = merge;
    }

    /** Brings the rows of {@link #ROWS} into the target. */
    @FunctionalInterface
    interface Merge {
        void merge(int rows) throws SQLException;
    }

    static MySqlSinkStage create(JdbcSession session, SinkTarget target) throws SQLException {
        TablePlan plan = target.first();
        create(session, ROWS, "bigint AUTO_INCREMENT PRIMARY KEY", MySqlLoad.names(plan.columns()), target);
        return new MySqlSinkStage(session, new MySqlLoad(session, ROWS, plan.columns()), merge(session, target));
    }

    /**
     * Makes a temporary table with columns of the target. The target's definition stays as it is from now on, until the
     * transaction ends.
     */
    static void create(JdbcSession session, TableName table, String place, String columns, SinkTarget target)
            throws SQLException {
        session.run("DROP TEMPORARY TABLE IF EXISTS " + Quoting.table(table));
        session.run("CREATE TEMPORARY TABLE " + Quoting.table(table) + " (godwit_place " + place
                + ") ENGINE = InnoDB SELECT " + columns + " FROM " + Quoting.table(target.name()) + " LIMIT 0");
    }

    private static Merge merge(JdbcSession session, SinkTarget target) throws SQLException {
        if (!isKeyAlone(session, target)) {
            return MySqlSinkMeeting.create(session, target);
        }
        String names = MySqlLoad.names(target.columns());
        String sql = "INSERT INTO " + Quoting.table(target.name()) + " (" + names + ") SELECT " + names + " FROM "
                + Quoting.table(ROWS) + " ORDER BY godwit_place ON DUPLICATE KEY UPDATE " + changes(target);
        return rows -> session.run(sql);
    }

    /** Whether the plan's key is the only unique index. */
    private static boolean isKeyAlone(JdbcSession session, SinkTarget target) throws SQLException {
        Map<String, Set<String>> unique = new HashMap<>();
        session.list(
                "SELECT index_name, column_name FROM information_schema.statistics "
                        + "WHERE table_schema = database() AND table_name = ? AND non_unique = 0",
                row -> unique.computeIfAbsent(row.getString(1), index -> new HashSet<>())
                        .add(String.valueOf(row.getString(2))),
                target.name().name());
        return List.copyOf(unique.values())
                .equals(List.of(Set.copyOf(target.first().key())));
    }

    private static String changes(SinkTarget target) {
        if (target.mode() == WriteMode.UPSERT) {
            return target.columns().stream()
                    .map(column -> Quoting.identifier(column.target()))
                    .map(name -> name + " = VALUES(" + name + ")")
                    .collect(Collectors.joining(", "));
        }
        // Changes nothing.
        String key = Quoting.identifier(target.first().key().get(0));
        return key + " = " + Quoting.table(target.name()) + "." + key;
    }

    @Override
    public void load(Chunk chunk, int from, int to) throws SQLException {
        load.load(chunk, from, to);
        merge.merge(to - from);
        session.run("DELETE FROM " + Quoting.table(ROWS));
    }
}
