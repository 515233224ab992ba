package io.godwit.connector;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.QuarantineCount;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.RowHash;
import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one subtask into a sink without transactions: a unit that nobody sees, which the commit of its ledger
 * row makes count. Ledger and refused rows lie in the control store ({@link SinkLedgers}).
 */
public abstract class UnitTransaction implements Sink.Transaction {
    private final TablePlan plan;
    private final Duration most;
    private final long deadline;
    private final SinkLedgers.Writing writing;
    private @Nullable LedgerRow claimed;
    private @Nullable QuarantineCount refused;
    private boolean ended;

    /** @param most how long it may take */
    protected UnitTransaction(SinkLedgers ledgers, TablePlan plan, Duration most) {
        this.plan = plan;
        this.most = most;
        this.deadline = System.nanoTime() + most.toNanos();
        this.writing = ledgers.begin();
    }

    /** Writes rows of the wire into the unit, those that are refused into the quarantine. */
    protected abstract void writeRows(byte[] tuples, int offset, int length, int rows);

    /** Has all rows in the unit, where they outlive a loss of power. */
    protected abstract void finishUnit();

    /** What the ledger notes of the finished unit. */
    protected abstract String unit();

    /** Takes the unit away, which counts for nothing. What cannot be taken away is litter until the step is over. */
    protected abstract void discard();

    @Override
    public final RunRow lockRun() {
        return writing.lockRun(plan.step());
    }

    @Override
    public final Optional<LedgerRow> claim(LedgerRow row) {
        Optional<LedgerRow> held = writing.claim(row);
        if (held.isEmpty()) {
            claimed = row;
            refused = plan.quarantine() == null ? null : new QuarantineCount(plan, row.subtask());
        }
        return held;
    }

    @Override
    public final Optional<LedgerRow> find(SubtaskId subtask) {
        return writing.find(subtask);
    }

    @Override
    public final void write(byte[] tuples, int offset, int length, int rows) {
        getOn();
        writeRows(tuples, offset, length, rows);
    }

    /**
     * To be called before each piece of work: says that the writer does not stand still.
     *
     * @throws GodwitException SUBTASK_TOO_LARGE, where its time is over
     */
    protected final void getOn() {
        if (System.nanoTime() - deadline > 0) {
            throw new GodwitException(
                    ErrorCode.SUBTASK_TOO_LARGE, doing() + " took longer than " + most, "It is split again.");
        }
        writing.working();
    }

    /** Counts rows that were not refused. */
    protected final void passed(long rows) {
        if (refused != null) {
            refused.passed(rows);
        }
    }

    /**
     * Puts a row into the quarantine.
     *
     * @param row its tuple
     * @throws GodwitException ROW_REFUSED, where there is none
     */
    protected final void refuse(String key, String why, byte[] row) {
        if (refused == null) {
            throw refusal(key, why);
        }
        writing.quarantine(subtask(), key, ErrorCode.ROW_REFUSED.name(), why, row);
        refused.refused(new Tally(1, row.length, new Digest(RowHash.of(row, 0, row.length))), key, why);
    }

    /** That a row ends the run. */
    protected final GodwitException refusal(String key, String why) {
        return new GodwitException(
                ErrorCode.ROW_REFUSED,
                "table " + plan.target().display() + ", row " + key + ": " + why,
                "Mend the row and retry the run, leave it out with filter:, or allow the job a quarantine.");
    }

    @Override
    public final void refused(ReaderRefusal row) {
        if (refused == null) {
            throw new GodwitException(ErrorCode.DEFECT, "a reader refused a row of a plan without a quarantine", "");
        }
        writing.quarantine(subtask(), row.place(), row.code(), row.reason(), row.encode());
        refused.refused(row.tally(), row.place(), row.reason());
    }

    @Override
    public final void replayed(KeptRows rows) {
        long open = writing.replayed(subtask(), rows);
        if (open != rows.rows().size()) {
            throw rows.taken(open);
        }
    }

    @Override
    public final Tally finish() {
        finishUnit();
        LedgerRow row = claimed();
        Tally quarantined = refused == null ? Tally.ZERO : refused.finish();
        claimed = new LedgerRow(row.subtask(), row.attempt(), row.written().minus(quarantined), quarantined);
        return quarantined;
    }

    @Override
    public final void commit() {
        // Whether a commit that failed took place is not known: its unit must stay, and is litter at worst.
        ended = true;
        try {
            writing.commit(new SinkLedgers.Unit(claimed(), unit()));
        } finally {
            writing.close();
        }
    }

    @Override
    public final void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            discard();
        } finally {
            writing.close();
        }
    }

    protected final SubtaskId subtask() {
        return claimed().subtask();
    }

    /** The ledger row that was claimed. */
    protected final LedgerRow claimed() {
        if (claimed == null) {
            throw new GodwitException(ErrorCode.DEFECT, "rows were to be written before their subtask was claimed", "");
        }
        return claimed;
    }

    protected final String doing() {
        return "writing " + plan.target().display();
    }
}
