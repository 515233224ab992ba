package io.godwit.connector.jdbc.sink;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.LedgerEntry;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The ledger: whoever inserts a subtask's row first decides it. */
public final class SinkLedger {
    private static final String COLUMNS = "subtask, attempt, written_rows, written_bytes, written_digest, "
            + "quarantined_rows, quarantined_bytes, quarantined_digest";

    private static final int FETCHED = 1000;

    private final JdbcSession session;
    private final OwnTables tables;

    SinkLedger(JdbcSession session, OwnTables tables) {
        this.session = session;
        this.tables = tables;
    }

    /** Waits for a transaction that inserted the same subtask to end; false where the row is there. */
    public boolean insert(LedgerRow row) throws SQLException {
        AttemptId attempt = row.attempt();
        return tables.insert(
                session,
                "INSERT INTO godwit_ledger (step, " + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.subtask().step().value(),
                row.subtask().value(),
                attempt == null ? null : attempt.value(),
                row.written().rows(),
                row.written().bytes(),
                row.written().digest().toString(),
                row.quarantined().rows(),
                row.quarantined().bytes(),
                row.quarantined().digest().toString());
    }

    public Optional<LedgerRow> find(SubtaskId subtask) throws SQLException {
        return session.first(
                "SELECT " + COLUMNS + " FROM godwit_ledger WHERE subtask = ?", SinkLedger::row, subtask.value());
    }

    /**
     * Says in the row that this transaction inserted how much of it went into the quarantine.
     *
     * @return whether the row is there: some servers end a transaction by themselves, and all that was in it is gone
     */
    public boolean amend(LedgerRow row) throws SQLException {
        return session.change(
                        "UPDATE godwit_ledger SET written_rows = ?, written_bytes = ?, written_digest = ?, "
                                + "quarantined_rows = ?, quarantined_bytes = ?, quarantined_digest = ? "
                                + "WHERE subtask = ?",
                        row.written().rows(),
                        row.written().bytes(),
                        row.written().digest().toString(),
                        row.quarantined().rows(),
                        row.quarantined().bytes(),
                        row.quarantined().digest().toString(),
                        row.subtask().value())
                == 1;
    }

    /** Voids those of the subtasks that nobody has written. */
    public void voidUnwritten(List<SubtaskId> subtasks) throws SQLException {
        for (SubtaskId subtask : subtasks) {
            insert(LedgerRow.voided(subtask));
        }
    }

    /** Takes back the voids of the subtasks. */
    public void takeBackVoids(List<SubtaskId> subtasks) throws SQLException {
        for (SubtaskId subtask : subtasks) {
            session.change("DELETE FROM godwit_ledger WHERE subtask = ? AND attempt IS NULL", subtask.value());
        }
    }

    /** How many subtasks of the step are written. */
    public long written(StepId step) throws SQLException {
        return session.one(
                "SELECT count(*) FROM godwit_ledger WHERE step = ? AND attempt IS NOT NULL",
                row -> row.getLong(1),
                step.value());
    }

    /** Which subtasks of the step are written. */
    public SubtaskSet writtenSet(StepId step) throws SQLException {
        SubtaskSet[] all = {SubtaskSet.EMPTY};
        session.forEach(
                "SELECT subtask FROM godwit_ledger WHERE step = ? AND attempt IS NOT NULL",
                FETCHED,
                row -> all[0] = all[0].plus(new SubtaskId(row.getString(1))),
                step.value());
        return all[0];
    }

    /**
     * Requires that nobody changed what was loaded aside.
     *
     * @param rows how many lie there
     * @throws GodwitException SINK_REFUSED where the ledger says otherwise
     */
    public void checkAside(SinkTarget target, long rows) throws SQLException {
        long written = 0;
        for (TablePlan plan : target.plans()) {
            written += rows(plan.step(), plan.ordinal());
        }
        if (rows != written) {
            throw new GodwitException(
                    ErrorCode.SINK_REFUSED,
                    target.name().display() + ": the table loaded aside has " + rows + " rows, the ledger says "
                            + written,
                    "Somebody else changed " + target.loaded().display() + ": start a new run.");
        }
    }

    /** Rows that the ledger says one table plan of the step wrote. */
    private long rows(StepId step, int table) throws SQLException {
        String prefix = SubtaskId.of(step, table, 0).value().replaceFirst("[0-9]+$", "");
        return session.one(
                "SELECT coalesce(sum(written_rows), 0) FROM godwit_ledger WHERE subtask >= ? AND subtask < ?",
                row -> row.getLong(1),
                prefix,
                prefix.substring(0, prefix.length() - 1) + "0");
    }

    /** The written subtasks of the step, in order. */
    public List<LedgerEntry> entries(StepId step) throws SQLException {
        return session.list(
                "SELECT " + COLUMNS + " FROM godwit_ledger WHERE step = ? AND attempt IS NOT NULL ORDER BY subtask",
                row -> {
                    LedgerRow found = row(row);
                    return new LedgerEntry(
                            found.subtask(),
                            new AttemptId(row.getString("attempt")),
                            found.written(),
                            found.quarantined());
                },
                step.value());
    }

    private static LedgerRow row(ResultSet row) throws SQLException {
        String attempt = row.getString("attempt");
        return new LedgerRow(
                new SubtaskId(row.getString("subtask")),
                attempt == null ? null : new AttemptId(attempt),
                new Tally(
                        row.getLong("written_rows"),
                        row.getLong("written_bytes"),
                        Digest.parse(row.getString("written_digest"))),
                new Tally(
                        row.getLong("quarantined_rows"),
                        row.getLong("quarantined_bytes"),
                        Digest.parse(row.getString("quarantined_digest"))));
    }
}
