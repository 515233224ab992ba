package io.godwit.core.ledger;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.StepId;

/**
 * The other side of {@link WriteProtocol}: what opens, publishes and closes a step in its sink. A sink asks here what
 * to do, in a transaction in which it has locked the run row against everybody (writers hold it shared until they end),
 * and does all of it in that transaction. Each method answers true: act; or false: it was done before, answer as then.
 */
public final class ClosingProtocol {
    private ClosingProtocol() {}

    /**
     * Whether to make the sink ready and open the run row; once more, where it was asked before and nothing is written.
     *
     * @param written subtasks of the step that the ledger holds, voids not counted
     */
    public static boolean prepares(StepId step, RunRow run, long written) {
        return switch (run) {
            case ABSENT -> true;
            case OPEN -> written == 0;
            case PUBLISHED, CLOSED -> throw closed(step, "prepared");
        };
    }

    /**
     * Whether to publish and close the run row.
     *
     * @param written subtasks of the step that the ledger holds, voids not counted
     * @param planned subtasks that the step's plan has
     */
    public static boolean publishes(StepId step, RunRow run, SubtaskSet written, SubtaskSet planned) {
        return switch (run) {
            case ABSENT -> throw notPrepared(step);
            case PUBLISHED -> false;
            case CLOSED -> throw closed(step, "published");
            case OPEN -> {
                if (!written.equals(planned)) {
                    throw incomplete(step, written.subtasks(), planned.subtasks());
                }
                yield true;
            }
        };
    }

    /**
     * Whether to close the run row and void the subtasks that are not written. Where nothing was prepared nothing was
     * dispatched, and there is nothing to close.
     */
    public static boolean closes(RunRow run) {
        return run == RunRow.OPEN || run == RunRow.CLOSED;
    }

    /**
     * Whether to open the run row again and take back voids. What is published stays so: publishing answers as then.
     */
    public static boolean reopens(RunRow run) {
        return run == RunRow.CLOSED;
    }

    private static GodwitException incomplete(StepId step, long written, long planned) {
        return new GodwitException(
                ErrorCode.LEDGER_INCOMPLETE,
                "step " + step + " has " + planned + " subtasks, the sink's ledger holds " + written
                        + (written < planned ? "" : ", not the same"),
                written < planned
                        ? "Retry the run: it writes what is missing."
                        : "Start a new run for another plan time: somebody wrote in this one's name what its plan does not"
                                + " have.");
    }

    static GodwitException notPrepared(StepId step) {
        return new GodwitException(
                ErrorCode.RUN_NOT_PREPARED,
                "step " + step + ": the sink has no run row of it",
                "Start a new run; do not delete Godwit's tables in the sink while a run is under way.");
    }

    private static GodwitException closed(StepId step, String what) {
        return new GodwitException(
                ErrorCode.RUN_CLOSED,
                "step " + step + " cannot be " + what + ": it has ended in the sink",
                "Start a new run for another plan time.");
    }
}
