package io.godwit.platform.store;

import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.port.SinkLedgers.Unit;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.LedgerEntry;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger rows of sinks without transactions, in one transaction of the control store. */
final class SinkLedgerRows {
    private static final String COLUMNS = "subtask, attempt, written_rows, written_bytes, written_digest, "
            + "quarantined_rows, quarantined_bytes, quarantined_digest";
    private static final String WRITTEN = " from godwit.sink_ledger where step = ? and attempt is not null";

    private final StoreTransaction store;

    SinkLedgerRows(StoreTransaction store) {
        this.store = store;
    }

    /** Waits for a transaction that inserted the same subtask to end; false where the row is there. */
    boolean insert(LedgerRow row) {
        AttemptId attempt = row.attempt();
        return store.change(
                        "insert into godwit.sink_ledger (step, " + COLUMNS
                                + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (subtask) do nothing",
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

    /** Says of the row that this transaction inserted what was written after all. */
    void complete(Unit unit) {
        LedgerRow row = unit.row();
        store.change(
                "update godwit.sink_ledger set written_rows = ?, written_bytes = ?, written_digest = ?, "
                        + "quarantined_rows = ?, quarantined_bytes = ?, quarantined_digest = ?, unit = ? "
                        + "where subtask = ?",
                row.written().rows(),
                row.written().bytes(),
                row.written().digest().toString(),
                row.quarantined().rows(),
                row.quarantined().bytes(),
                row.quarantined().digest().toString(),
                unit.content(),
                row.subtask().value());
    }

    Optional<LedgerRow> find(SubtaskId subtask) {
        return store.first(
                "select " + COLUMNS + " from godwit.sink_ledger where subtask = ?",
                SinkLedgerRows::row,
                subtask.value());
    }

    void voidUnwritten(List<SubtaskId> subtasks) {
        subtasks.forEach(subtask -> insert(LedgerRow.voided(subtask)));
    }

    void takeBackVoids(List<SubtaskId> subtasks) {
        store.change("delete from godwit.sink_ledger where subtask = any (?) and attempt is null", (Object)
                subtasks.stream().map(SubtaskId::value).toArray(String[]::new));
    }

    /** Which subtasks of the step are written. */
    SubtaskSet written(StepId step) {
        SubtaskSet[] all = {SubtaskSet.EMPTY};
        store.forEach(
                "select subtask" + WRITTEN, row -> all[0] = all[0].plus(new SubtaskId(row.getString(1))), step.value());
        return all[0];
    }

    void forEachUnit(StepId step, Consumer<Unit> each) {
        store.forEach(
                "select " + COLUMNS + ", unit" + WRITTEN + " order by subtask collate \"C\"",
                row -> {
                    each.accept(new Unit(row(row), row.getString("unit")));
                    return true;
                },
                step.value());
    }

    Ledger ledger(StepId step, RunRow run) {
        return new Ledger(
                run,
                store.list(
                        "select " + COLUMNS + WRITTEN + " order by subtask collate \"C\"",
                        row -> {
                            LedgerRow found = row(row);
                            return new LedgerEntry(
                                    found.subtask(),
                                    Objects.requireNonNull(found.attempt(), "a written row names its attempt"),
                                    found.written(),
                                    found.quarantined());
                        },
                        step.value()));
    }

    private static LedgerRow row(ResultSet row) throws SQLException {
        String attempt = row.getString("attempt");
        return new LedgerRow(
                new SubtaskId(row.getString("subtask")),
                attempt == null ? null : new AttemptId(attempt),
                tally(row, "written"),
                tally(row, "quarantined"));
    }

    private static Tally tally(ResultSet row, String part) throws SQLException {
        return new Tally(
                row.getLong(part + "_rows"),
                row.getLong(part + "_bytes"),
                Digest.parse(row.getString(part + "_digest")));
    }
}
