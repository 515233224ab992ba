package io.godwit.core.ledger;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Tally;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one subtask is written exactly once: a machine with no I/O that says which step comes next, and is told what was
 * seen. A writer performs steps; a test explores them.
 *
 * <pre>
 * Begin -> LockRun -open-> Claim -inserted-> Stream -proved-> Finish -> Commit -> Report(Written)
 *             |              |                  |               |          |
 *             |ended         |row is there      |lost           |refused   +-unknown-> Report(Again)
 *             v              v                  v               v
 *            Find -------> RollBack(what the ledger says, or the error) -> Report
 * </pre>
 *
 * <p>The claim comes before the first row, so that of two writers the second waits before it sends anything. Nothing is
 * reported before the transaction has ended. A commit whose fate is unknown reports nothing: the event comes again, and
 * the ledger says what became of it.
 */
public final class WriteProtocol {
    private final SubtaskWrite event;

    public WriteProtocol(SubtaskWrite event) {
        this.event = event;
    }

    /** What to do next. */
    public sealed interface Step {
        /** Open the one transaction. */
        record Begin() implements Step {}

        /** Take the run row shared, until the transaction ends, and see how it stands. */
        record LockRun() implements Step {}

        /** See what the ledger says of the subtask. */
        record Find(RunRow run) implements Step {}

        /** Insert the ledger row, waiting for whoever else inserts it. */
        record Claim(LedgerRow row) implements Step {}

        /** Read exactly the announced range, and send the attempt's rows to the target. */
        record Stream() implements Step {}

        /** End the sending; learn what was quarantined. */
        record Finish() implements Step {}

        /** Commit; {@code row} is what the ledger then says. */
        record Commit(LedgerRow row) implements Step {}

        /** Undo everything, then report. */
        record RollBack(Outcome outcome) implements Step {}

        /** The end: tell the planner, or let the event come again. */
        record Report(Outcome outcome) implements Step {}
    }

    /** What was seen when a step was performed. */
    public sealed interface Observation {
        /** It was done, and there is nothing to say about it. */
        record Done() implements Observation {}

        /** How the run row stands. */
        record RunStands(RunRow run) implements Observation {}

        /** What the ledger holds of the subtask; null: nothing. After a claim, null means that it was inserted. */
        record LedgerHolds(@Nullable LedgerRow row) implements Observation {}

        /**
         * The range was read to its end.
         *
         * @param tally of the attempt's rows found in it
         * @param refusal the sink's error where it refused them on the way, null otherwise
         */
        record Streamed(Tally tally, @Nullable ErrorInfo refusal) implements Observation {}

        /** The sending is ended. */
        record Finished(Tally quarantined) implements Observation {}

        /**
         * The step could not be performed. Whether a commit took place is then unknown, where the code is transient.
         */
        record Failed(ErrorInfo error) implements Observation {}
    }

    /** How the writing of a subtask ends. */
    public sealed interface Outcome {
        /** The ledger holds it: written {@code now}, or found written before. */
        record Written(LedgerRow row, boolean now) implements Outcome {}

        /** It is not written by this event, and will not be when the event comes again. */
        record Refused(ErrorInfo error) implements Outcome {}

        /** Nobody is told: the event must come again. */
        record Again(ErrorInfo error) implements Outcome {}
    }

    /** The step to begin with. */
    public Step first() {
        return new Step.Begin();
    }

    /**
     * The step after {@code step}.
     *
     * @throws IllegalArgumentException when the observation cannot be one of this step
     */
    public Step next(Step step, Observation seen) {
        if (seen instanceof Observation.Failed failed) {
            return failed(step, failed.error());
        }
        if (step instanceof Step.Begin && seen instanceof Observation.Done) {
            return new Step.LockRun();
        }
        if (step instanceof Step.LockRun && seen instanceof Observation.RunStands stands) {
            return stands.run() == RunRow.OPEN ? new Step.Claim(claim()) : new Step.Find(stands.run());
        }
        if (step instanceof Step.Find find && seen instanceof Observation.LedgerHolds holds) {
            return new Step.RollBack(holds.row() == null ? ended(find.run()) : held(holds.row()));
        }
        if (step instanceof Step.Claim && seen instanceof Observation.LedgerHolds holds) {
            return holds.row() == null ? new Step.Stream() : new Step.RollBack(held(holds.row()));
        }
        if (step instanceof Step.Stream && seen instanceof Observation.Streamed streamed) {
            return streamed(streamed);
        }
        if (step instanceof Step.Finish && seen instanceof Observation.Finished finished) {
            return new Step.Commit(written(finished.quarantined()));
        }
        if (step instanceof Step.Commit commit && seen instanceof Observation.Done) {
            return new Step.Report(new Outcome.Written(commit.row(), true));
        }
        if (step instanceof Step.RollBack rollBack && seen instanceof Observation.Done) {
            return new Step.Report(rollBack.outcome());
        }
        throw new IllegalArgumentException(seen + " cannot be seen at " + step);
    }

    /** The event that tells the planner; empty where nobody is told. */
    public Optional<Event> reply(Outcome outcome, long millis) {
        if (outcome instanceof Outcome.Written written) {
            LedgerRow row = written.row();
            AttemptId attempt = Objects.requireNonNull(row.attempt(), "a written row names its attempt");
            return Optional.of(new SubtaskWritten(
                    row.subtask(), attempt, row.written(), row.quarantined(), written.now() ? millis : 0));
        }
        if (outcome instanceof Outcome.Refused refused) {
            return Optional.of(new SubtaskFailed(
                    event.subtask(), SubtaskFailed.Phase.WRITE, event.attempt(), event.dispatch(), refused.error()));
        }
        return Optional.empty();
    }

    private Step failed(Step step, ErrorInfo error) {
        Outcome outcome = error.code().isTransient() ? new Outcome.Again(error) : new Outcome.Refused(error);
        return step instanceof Step.Begin ? new Step.Report(outcome) : new Step.RollBack(outcome);
    }

    private Step streamed(Observation.Streamed streamed) {
        if (!streamed.tally().provesEqual(event.read())) {
            return new Step.RollBack(new Outcome.Refused(new ErrorInfo(
                    ErrorCode.EXCHANGE_RECORDS_LOST,
                    "subtask " + event.subtask() + ": " + event.read().rows() + " rows with digest "
                            + event.read().digest() + " were announced, the exchange gave "
                            + streamed.tally().rows() + " with "
                            + streamed.tally().digest(),
                    "Nothing to do: the split is read again.")));
        }
        return streamed.refusal() == null ? new Step.Finish() : failed(new Step.Stream(), streamed.refusal());
    }

    private LedgerRow claim() {
        return new LedgerRow(event.subtask(), event.attempt(), event.read(), Tally.ZERO);
    }

    private LedgerRow written(Tally quarantined) {
        return new LedgerRow(event.subtask(), event.attempt(), event.read().minus(quarantined), quarantined);
    }

    private Outcome held(LedgerRow row) {
        if (!row.isVoid()) {
            return new Outcome.Written(row, false);
        }
        return new Outcome.Refused(new ErrorInfo(
                ErrorCode.SUBTASK_VOID,
                "subtask " + event.subtask() + " was voided in the sink's ledger",
                "Nothing to do: the run was ended, or others took the subtask's place."));
    }

    private Outcome ended(RunRow run) {
        if (run == RunRow.ABSENT) {
            return new Outcome.Refused(
                    ClosingProtocol.notPrepared(event.subtask().step()).info());
        }
        return new Outcome.Refused(new ErrorInfo(
                ErrorCode.RUN_CLOSED,
                "subtask " + event.subtask() + ": its step has ended in the sink",
                "Nothing to do: the event came after the run's end."));
    }
}
