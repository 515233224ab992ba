package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Makes rows meet those of a target with several unique indexes by the plan's key and nothing else. Of equal keys the
 * last stays among the rows, or the first where rows that are there are kept; rows whose key the target has change it,
 * or are dropped; the others are inserted. One that then meets a row by another unique index is refused by the server,
 * as any row is.
 *
 * <p>Keys are compared in columns made after the target's: by its collations, and NULL meets nobody. No statement names
 * a temporary table twice, which MySQL does not take.
 */
final class MySqlSinkMeeting implements MySqlSinkStage.Merge {
    private static final TableName KEYS = new TableName(null, null, "godwit_keys");

    private final JdbcSession session;
    private final boolean changes;
    private final String distinct;
    private final String doubles;
    private final String find;
    private final String update;
    private final String met;
    private final String insert;

    private MySqlSinkMeeting(JdbcSession session, SinkTarget target) {
        TablePlan plan = target.first();
        String keys = Quoting.identifiers(plan.key());
        String names = MySqlLoad.names(plan.columns());
        String rows = Quoting.table(MySqlSinkStage.ROWS);
        String table = Quoting.table(target.name());
        String equal = plan.key().stream()
                .map(Quoting::identifier)
                .map(name -> "t." + name + " = s." + name)
                .collect(Collectors.joining(" AND "));
        String places = rows + " s STRAIGHT_JOIN " + Quoting.table(KEYS) + " k ON k.godwit_place = s.godwit_place";
        // Rows first, each of which is looked up in the target's index, however little the server knows of both.
        String there = rows + " s STRAIGHT_JOIN " + table + " t ON " + equal;
        this.session = session;
        this.changes = plan.mode() == WriteMode.UPSERT;
        this.distinct = (changes ? "REPLACE" : "INSERT IGNORE") + " INTO " + Quoting.table(KEYS) + " (godwit_place, "
                + keys + ") SELECT godwit_place, " + keys + " FROM " + rows + " ORDER BY godwit_place";
        this.doubles = "DELETE s FROM " + rows + " s LEFT JOIN " + Quoting.table(KEYS)
                + " k ON k.godwit_place = s.godwit_place WHERE k.godwit_place IS NULL";
        this.find = "INSERT INTO " + Quoting.table(KEYS) + " (godwit_place, " + keys + ") SELECT s.godwit_place, "
                + plan.key().stream()
                        .map(name -> "s." + Quoting.identifier(name))
                        .collect(Collectors.joining(", "))
                + " FROM " + there + " FOR UPDATE";
        this.update = "UPDATE " + places + " STRAIGHT_JOIN " + table + " t ON " + equal + " SET "
                + plan.columns().stream()
                        .map(column -> Quoting.identifier(column.target()))
                        .map(name -> "t." + name + " = s." + name)
                        .collect(Collectors.joining(", "));
        this.met = "DELETE s FROM " + places;
        this.insert = "INSERT INTO " + table + " (" + names + ") SELECT " + names + " FROM " + rows
                + " ORDER BY godwit_place";
    }

    static MySqlSinkMeeting create(JdbcSession session, SinkTarget target) throws SQLException {
        String keys = Quoting.identifiers(target.first().key());
        MySqlSinkStage.create(session, KEYS, "bigint DEFAULT 0 PRIMARY KEY, UNIQUE KEY (" + keys + ")", keys, target);
        return new MySqlSinkMeeting(session, target);
    }

    @Override
    public void merge(int rows) throws SQLException {
        // A key that replaces another counts as two, and one that is ignored as none.
        if (session.change(distinct) != rows) {
            session.run(doubles);
        }
        session.run("DELETE FROM " + Quoting.table(KEYS));
        meet();
        while (true) {
            try {
                session.run(insert);
                return;
            } catch (SQLException e) {
                // A key that another transaction has committed since was not seen before: its row meets it now.
                if (e.getErrorCode() != MySqlErrors.DUPLICATE || meet() == 0) {
                    throw e;
                }
            }
        }
    }

    /**
     * Says how many rows had their keys in the target. They are among the rows no more. They are found once, and the
     * target's locked: of keys that come while this goes on, the insert will say so.
     */
    private long meet() throws SQLException {
        if (session.change(find) == 0) {
            return 0;
        }
        if (changes) {
            session.run(update);
        }
        long rows = session.change(met);
        session.run("DELETE FROM " + Quoting.table(KEYS));
        return rows;
    }
}
