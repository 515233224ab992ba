package io.godwit.planner.subtask;

import static io.godwit.core.error.ErrorCode.ATTEMPTS_EXHAUSTED;
import static io.godwit.core.error.ErrorCode.EXCHANGE_RECORDS_LOST;
import static io.godwit.core.error.ErrorCode.FUNCTION_UNREACHABLE;
import static io.godwit.core.error.ErrorCode.ROWS_DIFFER;
import static io.godwit.core.error.ErrorCode.RUN_CLOSED;
import static io.godwit.core.error.ErrorCode.SUBTASK_TOO_LARGE;
import static io.godwit.core.run.SubtaskState.SPLITTING;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskFailed.Phase;
import io.godwit.core.event.Fact;
import io.godwit.core.run.SubtaskState;
import io.godwit.core.run.Tally;
import io.godwit.planner.subtask.Outcome.AsksLedger;
import io.godwit.planner.subtask.Outcome.Changed;
import io.godwit.planner.subtask.Outcome.FailsRun;
import io.godwit.planner.subtask.Outcome.Stale;
import java.time.Duration;
import java.util.Locale;

/**
 * Every transition of a subtask but its dispatch, with no I/O. An event that comes twice, late or out of order meets a
 * state in which it is stale, or says something that is still true.
 *
 * @param attempts how often a subtask may come to nothing before its run fails
 */
public record SubtaskMachine(int attempts, Backoff backoff) {

    /**
     * Rows were announced. The first attempt to say so is taken, whether or not its lease has lapsed meanwhile; an
     * attempt that was given up is not taken again.
     */
    public Outcome rowsReady(Subtask subtask, RowsReady event) {
        if (subtask.state() != SubtaskState.PENDING && subtask.state() != SubtaskState.READING) {
            return new Stale("it is " + subtask.state());
        }
        if (subtask.reads() == 0) {
            // It has no pool, so nobody could be told to write it.
            return new Stale("nobody was told to read it");
        }
        if (subtask.knows(event.attempt())) {
            return new Stale("attempt " + event.attempt() + " was given up");
        }
        return new Changed(
                subtask.announcing(new Announced(event.attempt(), event.range(), event.read())),
                new Fact.SubtaskWasRead(
                        event.subtask(), event.attempt(), event.read(), event.millis(), event.filtered()));
    }

    /**
     * Rows were announced for another subtask, and taken, which is read together with this one: they are its own too,
     * unless it has some. Whoever may be reading it besides comes too late.
     */
    public Outcome rowsReadyOfOther(Subtask subtask, RowsReady event) {
        if (subtask.state() != SubtaskState.PENDING && subtask.state() != SubtaskState.READING) {
            return new Stale("it is " + subtask.state());
        }
        if (subtask.knows(event.attempt())) {
            return new Stale("attempt " + event.attempt() + " was given up");
        }
        return new Changed(
                subtask.sharing(new Announced(event.attempt(), event.range(), event.read(), event.subtask())),
                new Fact.SubtaskWasRead(subtask.id(), event.attempt(), event.read(), event.millis(), event.filtered()));
    }

    /**
     * A writer says that the ledger holds the subtask. What does not fit what was announced is not taken from an event:
     * the ledger itself is asked, which {@link #written} then hears. So is what nobody was told to write: nobody can
     * have written it.
     */
    public Outcome toldWritten(Subtask subtask, LedgerHolds row, long millis) {
        if (subtask.state() == SubtaskState.WRITTEN || subtask.state() == SubtaskState.VOID) {
            return new Stale("it is " + subtask.state());
        }
        if (subtask.writes() == 0) {
            return new Stale("nobody was told to write it");
        }
        Tally read = subtask.readBy(row.attempt());
        if (read == null) {
            return new AsksLedger(unknownAttempt(subtask, row));
        }
        return row.taken().provesEqual(read)
                ? written(subtask, row, millis)
                : new AsksLedger(differs(subtask, read, row));
    }

    /** The ledger holds the subtask: it says so itself. That is true in whatever state, of whatever attempt. */
    public Outcome written(Subtask subtask, LedgerHolds row, long millis) {
        if (subtask.state() == SubtaskState.WRITTEN || subtask.state() == SubtaskState.VOID) {
            return new Stale("it is " + subtask.state());
        }
        Subtask next = subtask.writtenAs(row);
        Fact fact = new Fact.SubtaskWasWritten(subtask.id(), row.attempt(), row.written(), row.quarantined(), millis);
        Tally read = subtask.readBy(row.attempt());
        if (read == null) {
            return new FailsRun(next, fact, unknownAttempt(next, row));
        }
        return row.taken().provesEqual(read)
                ? new Changed(next, fact)
                : new FailsRun(next, fact, differs(next, read, row));
    }

    /** A reader or a writer gave up. Only the dispatch that is under way counts. */
    public Outcome failed(Subtask subtask, SubtaskFailed event) {
        boolean reading = event.phase() == Phase.READ;
        SubtaskState underWay = reading ? SubtaskState.READING : SubtaskState.WRITING;
        int dispatch = reading ? subtask.reads() : subtask.writes();
        if (subtask.state() != underWay || event.dispatch() != dispatch) {
            return new Stale("it is " + subtask.state() + ", dispatch " + dispatch);
        }
        Announced announced = subtask.announced();
        if (!reading && announced != null && !announced.attempt().equals(event.attempt())) {
            return new Stale("attempt " + event.attempt() + " is not the one that is being written");
        }
        Subtask tried = subtask.triedOnceMore();
        if (event.error().code() == EXCHANGE_RECORDS_LOST) {
            return again(tried.givingUpAnnounced(), event.phase(), Duration.ZERO, event.error());
        }
        if (event.error().code() == SUBTASK_TOO_LARGE) {
            Subtask next = (subtask.announced() == null ? subtask : subtask.givingUpAnnounced()).in(SPLITTING);
            return new Outcome.TooLarge(next, triedAgain(next, event.phase(), event.error()), event.error());
        }
        if (event.error().code() == RUN_CLOSED && !reading) {
            return new AsksLedger(event.error());
        }
        if (event.error().code().isTransient()) {
            return again(backToWait(tried), event.phase(), backoff.after(tried.tries()), event.error());
        }
        return new FailsRun(
                tried.in(SubtaskState.FAILED), triedAgain(tried, event.phase(), event.error()), event.error());
    }

    /** Nobody answered in time. Whoever holds the subtask may yet do so. */
    public Outcome leaseLapsed(Subtask subtask) {
        return switch (subtask.state()) {
            case READING -> again(backToWait(subtask.triedOnceMore()), Phase.READ, Duration.ZERO, noAnswer(subtask));
            case WRITING -> again(backToWait(subtask.triedOnceMore()), Phase.WRITE, Duration.ZERO, noAnswer(subtask));
            default -> new Stale("it is " + subtask.state());
        };
    }

    private Outcome again(Subtask next, Phase phase, Duration delay, ErrorInfo error) {
        Fact fact = triedAgain(next, phase, error);
        return next.tries() < attempts
                ? new Changed(next, delay, fact)
                : new FailsRun(next.in(SubtaskState.FAILED), fact, exhausted(next, error));
    }

    private static Subtask backToWait(Subtask subtask) {
        return subtask.in(subtask.state() == SubtaskState.READING ? SubtaskState.PENDING : SubtaskState.READ);
    }

    private static Fact triedAgain(Subtask subtask, Phase phase, ErrorInfo error) {
        int dispatch = phase == Phase.READ ? subtask.reads() : subtask.writes();
        return new Fact.SubtaskTriedAgain(subtask.id(), phase.name().toLowerCase(Locale.ROOT), dispatch, error);
    }

    private static ErrorInfo noAnswer(Subtask subtask) {
        return new ErrorInfo(FUNCTION_UNREACHABLE, subtask.id() + ": no answer within its lease", "");
    }

    private static ErrorInfo exhausted(Subtask subtask, ErrorInfo last) {
        return new ErrorInfo(
                ATTEMPTS_EXHAUSTED,
                "%s: tried %d times, at last: %s".formatted(subtask.id(), subtask.tries(), last.message()),
                last.remedy().isEmpty()
                        ? "Mend the cause, then retry the run: it goes on where it stopped."
                        : last.remedy());
    }

    private static ErrorInfo differs(Subtask subtask, Tally read, LedgerHolds row) {
        return new ErrorInfo(
                ROWS_DIFFER,
                "%s: %d rows (%s) were read, %d written and %d quarantined (%s)"
                        .formatted(
                                subtask.id(),
                                read.rows(),
                                read.digest(),
                                row.written().rows(),
                                row.quarantined().rows(),
                                row.taken().digest()),
                "Do not trust the target: run again into an empty one, and report this as a defect.");
    }

    private static ErrorInfo unknownAttempt(Subtask subtask, LedgerHolds row) {
        return new ErrorInfo(
                ROWS_DIFFER,
                "%s: the sink's ledger holds attempt %s, which was never announced"
                        .formatted(subtask.id(), row.attempt()),
                "The control store has forgotten a part of this run: validate the run, or run again into an empty target.");
    }
}
