package io.godwit.connector.postgresql;

import io.godwit.connector.postgresql.PostgresSinkColumns.LiveColumn;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The way of tuples into a table: straight, or by way of a stage. One transaction's. */
interface PostgresSinkRoute {

    /** Takes the tuples' bytes as they are. */
    String copySql();

    /**
     * Brings what was copied into the target.
     *
     * @param copied rows that COPY took
     * @return rows that the target took; fewer where it kept some out in silence
     */
    long merge(long copied) throws SQLException;

    /** The shortest way into the table that the plan loads. */
    static PostgresSinkRoute of(PostgresSinkSession session, TablePlan plan) throws SQLException {
        TableName table = PostgresSinkTarget.loaded(plan);
        Map<String, LiveColumn> live = PostgresSinkColumns.of(session, table);
        if (live.isEmpty()) {
            throw new GodwitException(
                    ErrorCode.TARGET_TABLE_NOT_FOUND,
                    table.display() + ": no such table in database "
                            + plan.sink().database(),
                    "It was there when the step was prepared: start a new run.");
        }
        Map<ColumnPlan, LiveColumn> columns = new LinkedHashMap<>();
        for (ColumnPlan column : plan.columns()) {
            LiveColumn found = live.get(column.target());
            if (found == null) {
                throw new GodwitException(
                        ErrorCode.TARGET_COLUMN_NOT_FOUND,
                        table.display() + ": no column " + column.target() + " any more",
                        "It was there when the step was prepared: start a new run.");
            }
            columns.put(column, found);
        }
        boolean meets = plan.mode() == WriteMode.UPSERT || plan.mode() == WriteMode.IGNORE;
        boolean asTheyAre = columns.entrySet().stream()
                .allMatch(entry -> !entry.getValue().generated()
                        && PostgresSinkLayout.reads(
                                entry.getValue(), entry.getKey().wireType()));
        return !meets && asTheyAre
                ? new PostgresSinkStraight(table, plan)
                : PostgresSinkStage.create(session, table, plan, columns);
    }
}
