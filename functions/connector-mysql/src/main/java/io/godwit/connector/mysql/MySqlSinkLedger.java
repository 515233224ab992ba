package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.SubtaskSet;
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
final class MySqlSinkLedger {
    private static final String COLUMNS = "subtask, attempt, written_rows, written_bytes, written_digest, "
            + "quarantined_rows, quarantined_bytes, quarantined_digest";

    private static final int FETCHED = 1000;

    private final JdbcSession session;

    MySqlSinkLedger(JdbcSession session) {
        this.session = session;
    }

    /** Waits for a transaction that inserted the same subtask to end; false where the row is there. */
    boolean insert(LedgerRow row) throws SQLException {
        AttemptId attempt = row.attempt();
        try {
            session.change(
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
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == MySqlErrors.DUPLICATE) {
                return false;
            }
            throw e;
        }
    }

    Optional<LedgerRow> find(SubtaskId subtask) throws SQLException {
        return session.first(
                "SELECT " + COLUMNS + " FROM godwit_ledger WHERE subtask = ?", MySqlSinkLedger::row, subtask.value());
    }

    /** Says in the row that this transaction inserted how much of it went into the quarantine. */
    void amend(LedgerRow row) throws SQLException {
        session.change(
                "UPDATE godwit_ledger SET written_rows = ?, written_bytes = ?, written_digest = ?, quarantined_rows = ?, "
                        + "quarantined_bytes = ?, quarantined_digest = ? WHERE subtask = ?",
                row.written().rows(),
                row.written().bytes(),
                row.written().digest().toString(),
                row.quarantined().rows(),
                row.quarantined().bytes(),
                row.quarantined().digest().toString(),
                row.subtask().value());
    }

    /** Voids those of the subtasks that nobody has written. */
    void voidUnwritten(List<SubtaskId> subtasks) throws SQLException {
        for (SubtaskId subtask : subtasks) {
            insert(LedgerRow.voided(subtask));
        }
    }

    /** Takes back the voids of the subtasks. */
    void takeBackVoids(List<SubtaskId> subtasks) throws SQLException {
        for (SubtaskId subtask : subtasks) {
            session.change("DELETE FROM godwit_ledger WHERE subtask = ? AND attempt IS NULL", subtask.value());
        }
    }

    /** How many subtasks of the step are written. */
    long written(StepId step) throws SQLException {
        return session.one(
                "SELECT count(*) FROM godwit_ledger WHERE step = ? AND attempt IS NOT NULL",
                row -> row.getLong(1),
                step.value());
    }

    /** Which subtasks of the step are written. */
    SubtaskSet writtenSet(StepId step) throws SQLException {
        SubtaskSet[] all = {SubtaskSet.EMPTY};
        session.forEach(
                "SELECT subtask FROM godwit_ledger WHERE step = ? AND attempt IS NOT NULL",
                FETCHED,
                row -> all[0] = all[0].plus(new SubtaskId(row.getString(1))),
                step.value());
        return all[0];
    }

    /** Rows that the ledger says one table plan of the step wrote. */
    long rows(StepId step, int table) throws SQLException {
        String prefix = SubtaskId.of(step, table, 0).value().replaceFirst("[0-9]+$", "");
        return session.one(
                "SELECT coalesce(sum(written_rows), 0) FROM godwit_ledger WHERE subtask >= ? AND subtask < ?",
                row -> row.getLong(1),
                prefix,
                prefix.substring(0, prefix.length() - 1) + "0");
    }

    /** The written subtasks of the step, in order. */
    List<LedgerEntry> entries(StepId step) throws SQLException {
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
