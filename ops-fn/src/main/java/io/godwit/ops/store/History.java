package io.godwit.ops.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Fact;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Folds facts into the tables of schema {@code ops}. One call is one transaction of the caller's. */
public final class History {
    private final ObjectMapper json;

    public History(ObjectMapper json) {
        this.json = json;
    }

    /** Folds a fact, once: a fact that was folded before changes nothing. Returns whether it was new. */
    public boolean fold(Connection store, RunRecorded event) throws SQLException {
        if (update(
                        store,
                        "insert into ops.fact (run, sequence, at, fact) values (?, ?, ?, ?::jsonb) on conflict do nothing",
                        event.run().value(),
                        event.sequence(),
                        event.at(),
                        text(event.fact()))
                == 0) {
            return false;
        }
        update(store, """
                insert into ops.run as r (run, job, first_at, last_at, facts, last_sequence) values (?, ?, ?, ?, 1, ?)
                on conflict (run) do update set facts = r.facts + 1,
                    first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at),
                    last_sequence = greatest(r.last_sequence, excluded.last_sequence)""", event.run().value(), event.run().job(), event.at(), event.at(), event.sequence());
        if (event.fact() instanceof Fact.StateChanged fact) {
            changeState(store, event, fact);
        } else if (event.fact() instanceof Fact.TablePlanned fact) {
            planTable(store, event, fact);
        } else if (event.fact() instanceof Fact.SubtaskWasRead fact) {
            read(store, event, fact);
        } else if (event.fact() instanceof Fact.SubtaskWasWritten fact) {
            written(store, event, fact);
        } else if (event.fact() instanceof Fact.SubtaskWasSplit fact) {
            split(store, event, fact);
        } else if (event.fact() instanceof Fact.Replays fact) {
            update(
                    store,
                    "update ops.run set replays = ? where run = ?",
                    fact.of().value(),
                    event.run().value());
        }
        return true;
    }

    /** A later state wins, whichever arrives first. */
    private void changeState(Connection store, RunRecorded event, Fact.StateChanged fact) throws SQLException {
        update(
                store,
                """
                update ops.run set job = ?, plan_time = ?, state = ?, state_sequence = ?, error = ?::jsonb, ended_at = ?
                where run = ? and state_sequence < ?""",
                fact.job(),
                fact.planTime(),
                fact.state().name(),
                event.sequence(),
                fact.error() == null ? null : text(fact.error()),
                fact.state().isEnded() ? event.at() : null,
                event.run().value(),
                event.sequence());
    }

    private void planTable(Connection store, RunRecorded event, Fact.TablePlanned fact) throws SQLException {
        update(
                store,
                """
                insert into ops.run_table as t
                    (run, step, ordinal, source, target, subtasks, estimated_rows, estimated_bytes)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run, step, ordinal) do update set source = excluded.source, target = excluded.target,
                    subtasks = t.subtasks + excluded.subtasks, estimated_rows = excluded.estimated_rows,
                    estimated_bytes = excluded.estimated_bytes""",
                event.run().value(),
                fact.step(),
                fact.table(),
                fact.source(),
                fact.target(),
                fact.subtasks(),
                fact.estimatedRows(),
                fact.estimatedBytes());
    }

    /** A subtask that is read again replaces what was counted of it before. */
    private void read(Connection store, RunRecorded event, Fact.SubtaskWasRead fact) throws SQLException {
        recountRead(store, event, fact.subtask(), fact.read(), fact.filtered(), 1, fact.millis());
    }

    /** What was read of it counts no more; its parts do. */
    private void split(Connection store, RunRecorded event, Fact.SubtaskWasSplit fact) throws SQLException {
        recountRead(store, event, fact.subtask(), Tally.ZERO, 0, 0, 0);
        update(
                store,
                "update ops.run_table set subtasks = subtasks + ? where run = ? and step = ? and ordinal = ?",
                fact.parts() - 1,
                fact.subtask().run().value(),
                fact.subtask().step().step(),
                fact.subtask().table());
    }

    /** Counts what is read of a subtask now instead of what was before; what is older and comes late does not. */
    private void recountRead(
            Connection store,
            RunRecorded event,
            SubtaskId subtask,
            Tally read,
            long filtered,
            int subtasksRead,
            long millis)
            throws SQLException {
        Tally before;
        long filteredBefore;
        boolean wasRead;
        boolean written;
        lockSubtask(store, subtask);
        try (PreparedStatement select = store.prepareStatement(
                "select read_rows, read_bytes, read_digest, read_sequence, filtered_rows, written from ops.subtask"
                        + " where subtask = ?")) {
            select.setString(1, subtask.value());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (row.getLong(4) > event.sequence()) {
                    return;
                }
                wasRead = row.getLong(4) > 0;
                before = tally(row.getLong(1), row.getLong(2), row.getLong(3));
                filteredBefore = row.getLong(5);
                written = row.getBoolean(6);
            }
        }
        update(
                store,
                "update ops.subtask set read_rows = ?, read_bytes = ?, read_digest = ?, read_sequence = ?,"
                        + " filtered_rows = ? where subtask = ?",
                read.rows(),
                read.bytes(),
                read.digest().sum(),
                event.sequence(),
                filtered,
                subtask.value());
        table(store, event.at(), subtask);
        update(
                store,
                """
                update ops.run_table set read_rows = read_rows + ?, read_bytes = read_bytes + ?,
                    subtasks_read = subtasks_read + ?, read_millis = read_millis + ?,
                    read_digest = read_digest + ?, filtered_rows = filtered_rows + ?,
                    left_out_rows = left_out_rows + ?
                where run = ? and step = ? and ordinal = ?""",
                read.rows() - before.rows(),
                read.bytes() - before.bytes(),
                subtasksRead - (wasRead ? 1 : 0),
                millis,
                BigDecimal.valueOf(read.digest().sum())
                        .subtract(BigDecimal.valueOf(before.digest().sum())),
                filtered - filteredBefore,
                written ? filtered - filteredBefore : 0,
                subtask.run().value(),
                subtask.step().step(),
                subtask.table());
    }

    private void written(Connection store, RunRecorded event, Fact.SubtaskWasWritten fact) throws SQLException {
        lockSubtask(store, fact.subtask());
        if (update(
                        store,
                        "update ops.subtask set written = true where subtask = ? and not written",
                        fact.subtask().value())
                == 0) {
            return;
        }
        table(store, event.at(), fact.subtask());
        update(
                store,
                """
                update ops.run_table set written_rows = written_rows + ?, written_bytes = written_bytes + ?,
                    written_digest = written_digest + ?, quarantined_rows = quarantined_rows + ?,
                    quarantined_digest = quarantined_digest + ?, subtasks_written = subtasks_written + 1,
                    write_millis = write_millis + ?,
                    left_out_rows = left_out_rows + (select filtered_rows from ops.subtask where subtask = ?)
                where run = ? and step = ? and ordinal = ?""",
                fact.written().rows(),
                fact.written().bytes(),
                fact.written().digest().sum(),
                fact.quarantined().rows(),
                fact.quarantined().digest().sum(),
                fact.millis(),
                fact.subtask().value(),
                fact.subtask().run().value(),
                fact.subtask().step().step(),
                fact.subtask().table());
    }

    private void lockSubtask(Connection store, SubtaskId subtask) throws SQLException {
        update(store, "insert into ops.subtask (subtask) values (?) on conflict do nothing", subtask.value());
        try (PreparedStatement select =
                store.prepareStatement("select 1 from ops.subtask where subtask = ? for update")) {
            select.setString(1, subtask.value());
            select.executeQuery().close();
        }
    }

    /** The table's row, made where facts of its subtasks arrive before it; and the times between which it was moved. */
    private void table(Connection store, Instant at, SubtaskId subtask) throws SQLException {
        update(store, """
                insert into ops.run_table as t (run, step, ordinal, first_at, last_at) values (?, ?, ?, ?, ?)
                on conflict (run, step, ordinal) do update set first_at = least(t.first_at, excluded.first_at),
                    last_at = greatest(t.last_at, excluded.last_at)""", subtask.run().value(), subtask.step().step(), subtask.table(), at, at);
    }

    private static Tally tally(long rows, long bytes, long digest) {
        return new Tally(rows, bytes, new io.godwit.core.run.Digest(digest));
    }

    private String text(Object value) {
        try {
            return value instanceof Fact fact
                    ? json.writerFor(Fact.class).writeValueAsString(fact)
                    : json.writerFor(ErrorInfo.class).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fact is always JSON", e);
        }
    }

    private static int update(Connection store, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = store.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                statement.setObject(i + 1, value instanceof Instant instant ? Timestamp.from(instant) : value);
            }
            return statement.executeUpdate();
        }
    }
}
