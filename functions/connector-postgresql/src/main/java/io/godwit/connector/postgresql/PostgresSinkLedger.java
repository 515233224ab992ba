package io.godwit.connector.postgresql;

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
final class PostgresSinkLedger {
    private static final String COLUMNS =
            "subtask, attempt, rows, bytes, digest, quarantined_rows, quarantined_bytes, quarantined_digest";

    private static final String INSERT = "INSERT INTO godwit.ledger (step, " + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subtask) DO NOTHING";

    private final PostgresSinkSession session;

    PostgresSinkLedger(PostgresSinkSession session) {
        this.session = session;
    }

    /** Waits for a transaction that inserted the same subtask to end; false where the row is there. */
    boolean insert(LedgerRow row) throws SQLException {
        AttemptId attempt = row.attempt();
        return session.change(
                        INSERT,
                        row.subtask().step().value(),
                        row.subtask().value(),
                        attempt == null ? null : attempt.value(),
                        row.written().rows(),
                        row.written().bytes(),
                        row.written().digest().toString(),
                        row.quarantined().rows(),
                        row.quarantined().bytes(),
                        row.quarantined().digest().toString())
                == 1;
    }

    Optional<LedgerRow> find(SubtaskId subtask) throws SQLException {
        return session.first(
                "SELECT " + COLUMNS + " FROM godwit.ledger WHERE subtask = ?",
                PostgresSinkLedger::row,
                subtask.value());
    }

    /** Says in the row that this transaction inserted how much of it went into the quarantine. */
    void amend(LedgerRow row) throws SQLException {
        session.change(
                "UPDATE godwit.ledger SET rows = ?, bytes = ?, digest = ?, quarantined_rows = ?, quarantined_bytes = ?, "
                        + "quarantined_digest = ? WHERE subtask = ?",
                row.written().rows(),
                row.written().bytes(),
                row.written().digest().toString(),
                row.quarantined().rows(),
                row.quarantined().bytes(),
                row.quarantined().digest().toString(),
                row.subtask().value());
    }

    /** Voids those of the subtasks that nobody has written. */
    void voidUnwritten(StepId step, List<SubtaskId> subtasks) throws SQLException {
        session.change(
                "INSERT INTO godwit.ledger (step, subtask, rows, bytes, digest, quarantined_rows, quarantined_bytes, "
                        + "quarantined_digest) SELECT ?, subtask, 0, 0, ?, 0, 0, ? "
                        + "FROM unnest(?::text[]) subtask ON CONFLICT (subtask) DO NOTHING",
                step.value(),
                Digest.EMPTY.toString(),
                Digest.EMPTY.toString(),
                texts(subtasks));
    }

    /** Takes back the voids of the subtasks. */
    void takeBackVoids(List<SubtaskId> subtasks) throws SQLException {
        session.change("DELETE FROM godwit.ledger WHERE subtask = ANY (?::text[]) AND attempt IS NULL", (Object)
                texts(subtasks));
    }

    /** How many subtasks of the step are written. */
    long written(StepId step) throws SQLException {
        return session.one(
                "SELECT count(*) FROM godwit.ledger WHERE " + OF_STEP + " AND attempt IS NOT NULL",
                row -> row.getLong(1),
                step + "/",
                step + "0");
    }

    /** Which subtasks of the step are written. */
    SubtaskSet writtenSet(StepId step) throws SQLException {
        SubtaskSet[] all = {SubtaskSet.EMPTY};
        session.forEach(
                "SELECT subtask FROM godwit.ledger WHERE " + OF_STEP + " AND attempt IS NOT NULL",
                row -> all[0] = all[0].plus(new SubtaskId(row.getString(1))),
                step + "/",
                step + "0");
        return all[0];
    }

    /** Rows that the ledger says one table plan of the step wrote. */
    long rows(StepId step, int table) throws SQLException {
        String prefix = SubtaskId.of(step, table, 0).value().replaceFirst("[0-9]+$", "");
        return session.one(
                "SELECT coalesce(sum(rows), 0)::int8 FROM godwit.ledger WHERE " + OF_STEP,
                row -> row.getLong(1),
                prefix,
                prefix.substring(0, prefix.length() - 1) + "0");
    }

    /** The written subtasks of the step, in order. */
    List<LedgerEntry> entries(StepId step) throws SQLException {
        return session.list(
                "SELECT " + COLUMNS + " FROM godwit.ledger WHERE " + OF_STEP
                        + " AND attempt IS NOT NULL ORDER BY subtask",
                row -> {
                    LedgerRow found = row(row);
                    return new LedgerEntry(
                            found.subtask(),
                            new AttemptId(row.getString("attempt")),
                            found.written(),
                            found.quarantined());
                },
                step + "/",
                step + "0");
    }

    /** By the primary key: 0 comes after the slash that ends a step's id. */
    private static final String OF_STEP = "subtask >= ? AND subtask < ?";

    private static LedgerRow row(ResultSet row) throws SQLException {
        String attempt = row.getString("attempt");
        return new LedgerRow(
                new SubtaskId(row.getString("subtask")),
                attempt == null ? null : new AttemptId(attempt),
                new Tally(row.getLong("rows"), row.getLong("bytes"), Digest.parse(row.getString("digest"))),
                new Tally(
                        row.getLong("quarantined_rows"),
                        row.getLong("quarantined_bytes"),
                        Digest.parse(row.getString("quarantined_digest"))));
    }

    private static String[] texts(List<SubtaskId> subtasks) {
        return subtasks.stream().map(SubtaskId::value).toArray(String[]::new);
    }
}
