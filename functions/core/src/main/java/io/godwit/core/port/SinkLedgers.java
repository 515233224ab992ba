package io.godwit.core.port;

import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The ledgers of sinks that have no transactions of their own: run rows, ledger rows and refused rows in the control
 * store. A subtask of such a sink is written as a unit that nobody sees, and counts from the moment at which its ledger
 * row, which {@linkplain Unit#content describes the unit}, is committed here. Units of which no ledger row speaks are
 * litter.
 *
 * <p>What a sink does in a callback must bear being done again: the callback may have run and its transaction not. Safe
 * for threads. All methods throw GodwitException CONTROL_STORE_UNREACHABLE, and SINK_INTERRUPTED where another step is
 * being published at the same place.
 */
public interface SinkLedgers {

    /** How the run row of a step stands, and its written subtasks. */
    Ledger ledger(StepId step);

    /**
     * Opens the run row, if the protocol allows it, once {@code act} has made the sink ready; nobody else prepares or
     * publishes at one of the places meanwhile. A failed step with one of them can never be opened again after that.
     *
     * @param places what the step writes, as names that mean the same to every run
     * @param act is given the failed steps whose place this one takes
     * @return what {@code act} answered, now or when this very question was asked before
     */
    Preparation prepare(PrepareStep question, List<String> places, Function<List<StepId>, Preparation> act);

    /**
     * Shows a step to all and closes its run row as published, if the ledger holds exactly its subtasks and the
     * publisher, having looked, does not refuse. That it shall be published is on record before it is: from then on it
     * is published to the end, and given up only as {@link #close} says.
     *
     * @return what the publisher answered, now or when the step was published before
     */
    Published publish(PublishStep question, Publisher publisher);

    /**
     * Closes the run row of a step that failed or was cancelled, and voids what is not written. One that was about to
     * be published is published to the end instead; unless that fails for good while nothing of it can be seen.
     */
    Ledger close(CloseStep question, Publisher publisher);

    /** Opens the run row of a failed step again, and takes back the voids of the subtasks named. */
    Ledger reopen(CloseStep question);

    /** Voids those of the subtasks that are not written. */
    Ledger voidUnwritten(VoidSubtasks question);

    /** Rows of a step that were refused, as {@code quarantineOfSink}. */
    QuarantinePage quarantine(QuarantineQuestion question);

    /** The units of a step, whatever has become of it. */
    Units units(StepId step);

    /** Opens the transaction in which one subtask is claimed and committed. */
    Writing begin();

    /** Shows the units of a step to all. What it does must bear being done again, and no two do it at one place. */
    @FunctionalInterface
    interface Publisher {
        Published publish(PublishStep question, Units units);

        /** Refuses a step that could not be published, while there is a way back; changes nothing that others see. */
        default void look(PublishStep question, Units units) {}

        /** Whether anything of a step, or of a part of it, may be seen by others, its publishing having failed. */
        default boolean mayShow(PublishStep question) {
            return true;
        }
    }

    /** One written subtask, and what its sink noted of its unit. */
    record Unit(LedgerRow row, String content) {}

    /** A walk over the written subtasks of a step in their order. */
    @FunctionalInterface
    interface Units {
        void forEach(Consumer<Unit> each);
    }

    /** As {@link io.godwit.core.ledger.WriteProtocol} has it. Closed without {@link #commit}, it leaves no trace. */
    interface Writing extends AutoCloseable {

        /** Locks the run row against being closed, until this ends. */
        RunRow lockRun(StepId step);

        /** Inserts the ledger row, waiting for whoever else inserts it; empty when inserted, else the row there. */
        Optional<LedgerRow> claim(LedgerRow row);

        Optional<LedgerRow> find(SubtaskId subtask);

        /**
         * Says that the unit is being written. A writer that says nothing for a minute stands still: the store ends its
         * transaction, for which others wait. To be said often; most of it costs nothing.
         */
        void working();

        /**
         * Keeps a refused row of the claimed subtask: it counts from the moment at which the ledger row does. What the
         * parameters are is said at {@link io.godwit.core.question.SinkQuestions.RefusedRow}.
         */
        void quarantine(SubtaskId subtask, String key, String code, String reason, byte[] row);

        /**
         * Marks kept rows as replayed by a subtask, from the moment at which its ledger row counts.
         *
         * @return how many of them were open
         */
        long replayed(SubtaskId by, KeptRows rows);

        /** Says of the claimed row what it holds after all, and what its unit is; then commits. */
        void commit(Unit unit);

        @Override
        void close();
    }
}
