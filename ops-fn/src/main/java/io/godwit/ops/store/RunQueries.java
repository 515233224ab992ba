package io.godwit.ops.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Fact;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.Tally;
import io.godwit.ops.RunView;
import io.godwit.ops.RunView.TableView;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads run history. Every answer is bounded by a limit that the caller gives. */
public final class RunQueries {
    private static final String RUNS =
            "select r.*, (select count(*) from ops.dead_letter d where d.run = r.run) as dead_letters, "
                    + "(select coalesce(sum(t.written_rows + t.left_out_rows), 0) from ops.run c "
                    + "join ops.run_table t on t.run = c.run where c.replays = r.run) as replayed from ops.run r";

    private final ObjectMapper json;

    public RunQueries(ObjectMapper json) {
        this.json = json;
    }

    /** The latest runs, of one job or (null) of all, without their tables. */
    public List<RunView> latest(Connection store, @Nullable String job, int limit) throws SQLException {
        List<RunView> runs = new ArrayList<>();
        try (PreparedStatement select = store.prepareStatement(
                RUNS + " where ?::text is null or job = ? order by first_at desc, run desc limit ?")) {
            select.setString(1, job);
            select.setString(2, job);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    runs.add(view(row, total(tables(store, row.getString("run"))), List.of(), List.of()));
                }
            }
        }
        return runs;
    }

    /** One run with its tables. */
    public Optional<RunView> find(Connection store, RunId run) throws SQLException {
        try (PreparedStatement select = store.prepareStatement(RUNS + " where run = ?")) {
            select.setString(1, run.value());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                List<TableView> tables = tables(store, run.value());
                return Optional.of(view(row, total(tables), tables, notes(store, run.value())));
            }
        }
    }

    /** What happened after a sequence number, in order. */
    public List<RunRecorded> facts(Connection store, RunId run, long after, int limit) throws SQLException {
        List<RunRecorded> facts = new ArrayList<>();
        try (PreparedStatement select = store.prepareStatement(
                "select sequence, at, fact from ops.fact where run = ? and sequence > ? order by sequence limit ?")) {
            select.setString(1, run.value());
            select.setLong(2, after);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    facts.add(new RunRecorded(
                            run, row.getLong(1), row.getTimestamp(2).toInstant(), read(row.getString(3), Fact.class)));
                }
            }
        }
        return facts;
    }

    private RunView view(ResultSet row, TableView total, List<TableView> tables, List<String> notes)
            throws SQLException {
        String error = row.getString("error");
        return new RunView(
                new RunId(row.getString("run")),
                row.getString("job"),
                instant(row, "plan_time"),
                RunState.valueOf(row.getString("state")),
                error == null ? null : read(error, ErrorInfo.class),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant(),
                instant(row, "ended_at"),
                row.getLong("last_sequence") - row.getLong("facts"),
                row.getInt("dead_letters"),
                total,
                tables,
                row.getString("replays") == null ? null : new RunId(row.getString("replays")),
                row.getLong("replayed"),
                notes);
    }

    private static List<String> notes(Connection store, String run) throws SQLException {
        List<String> notes = new ArrayList<>();
        try (PreparedStatement select = store.prepareStatement("select fact ->> 'text' from ops.fact"
                + " where run = ? and fact ->> 'kind' = 'noted' order by sequence limit ?")) {
            select.setString(1, run);
            select.setInt(2, RunView.MOST_NOTES);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    notes.add(row.getString(1));
                }
            }
        }
        return notes;
    }

    private static List<TableView> tables(Connection store, String run) throws SQLException {
        List<TableView> tables = new ArrayList<>();
        try (PreparedStatement select = store.prepareStatement(
                "select *, coalesce(extract(epoch from last_at - first_at), 0) as seconds from ops.run_table"
                        + " where run = ? order by step, ordinal")) {
            select.setString(1, run);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    tables.add(table(row));
                }
            }
        }
        return tables;
    }

    private static TableView table(ResultSet row) throws SQLException {
        return new TableView(
                row.getString("source"),
                row.getString("target"),
                row.getInt("subtasks"),
                row.getInt("subtasks_read"),
                row.getInt("subtasks_written"),
                row.getLong("estimated_rows"),
                row.getLong("estimated_bytes"),
                new Tally(row.getLong("read_rows"), row.getLong("read_bytes"), digest(row, "read_digest")),
                new Tally(row.getLong("written_rows"), row.getLong("written_bytes"), digest(row, "written_digest")),
                new Tally(row.getLong("quarantined_rows"), 0, digest(row, "quarantined_digest")),
                row.getLong("read_millis"),
                row.getLong("write_millis"),
                row.getDouble("seconds"),
                row.getLong("filtered_rows"));
    }

    private static TableView total(List<TableView> tables) {
        TableView sum = new TableView("", "", 0, 0, 0, 0, 0, Tally.ZERO, Tally.ZERO, Tally.ZERO, 0, 0, 0, 0);
        for (TableView table : tables) {
            sum = new TableView(
                    "",
                    "",
                    sum.subtasks() + table.subtasks(),
                    sum.subtasksRead() + table.subtasksRead(),
                    sum.subtasksWritten() + table.subtasksWritten(),
                    sum.estimatedRows() + Math.max(0, table.estimatedRows()),
                    sum.estimatedBytes() + Math.max(0, table.estimatedBytes()),
                    sum.read().plus(table.read()),
                    sum.written().plus(table.written()),
                    sum.quarantined().plus(table.quarantined()),
                    sum.readMillis() + table.readMillis(),
                    sum.writeMillis() + table.writeMillis(),
                    Math.max(sum.seconds(), table.seconds()),
                    sum.filtered() + table.filtered());
        }
        return sum;
    }

    private static Digest digest(ResultSet row, String column) throws SQLException {
        BigDecimal sum = row.getBigDecimal(column);
        return new Digest(sum.toBigInteger().longValue());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private <T> T read(String text, Class<T> form) {
        try {
            return json.readValue(text, form);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the history holds what was folded into it", e);
        }
    }
}
