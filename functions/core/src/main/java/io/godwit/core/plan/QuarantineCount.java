package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Counts the refused rows of one subtask against its plan's limits, whoever refused them. Not safe for threads.
 *
 * <p>What a percentage is of, the rows of the run, is not known to one subtask: its own rows or the estimate for the
 * table, whichever is more, stand for it; the planner looks again when all is written.
 */
public final class QuarantineCount {
    /** Refused rows after which a percentage is looked at before the subtask's end: so many are no accident. */
    private static final long EARLY = 10_000;

    /** How many of the refused rows an error names. */
    private static final int NAMED = 3;

    private final TablePlan plan;
    private final SubtaskId subtask;
    private final Quarantine limits;
    private final List<String> first = new ArrayList<>();
    private long passed;
    private Tally refused = Tally.ZERO;

    /** @param plan one that has a quarantine */
    public QuarantineCount(TablePlan plan, SubtaskId subtask) {
        this.plan = plan;
        this.subtask = subtask;
        this.limits = Objects.requireNonNull(plan.quarantine(), "the plan has a quarantine");
    }

    /** Rows that were not refused. */
    public void passed(long rows) {
        passed += rows;
    }

    /**
     * Counts a row.
     *
     * @param place names it, for people
     * @param reason without values
     * @throws GodwitException QUARANTINE_FULL, which names the first ones
     */
    public void refused(Tally row, String place, String reason) {
        refused = refused.plus(row);
        if (first.size() < NAMED) {
            first.add(place + ": " + reason);
        }
        Long rows = limits.rows();
        if (rows != null && refused.rows() > rows) {
            throw full("more than " + rows + " rows");
        }
        if (refused.rows() > EARLY) {
            requirePercent();
        }
    }

    /**
     * What was refused in all.
     *
     * @throws GodwitException QUARANTINE_FULL
     */
    public Tally finish() {
        requirePercent();
        return refused;
    }

    private void requirePercent() {
        Double percent = limits.percent();
        long all = Math.max(passed + refused.rows(), plan.definition().estimatedRows());
        if (percent != null && refused.rows() * 100.0 > percent * all) {
            throw full("more than " + percent + " percent");
        }
    }

    private GodwitException full(String limit) {
        return new GodwitException(
                ErrorCode.QUARANTINE_FULL,
                plan.target().display() + ": " + refused.rows() + " rows of subtask " + subtask + " were refused, "
                        + limit + "; the first: " + String.join("; ", first),
                "Mend the rows or the target and retry the run; mend the mapping or raise the limits in the job and run"
                        + " it anew.");
    }
}
