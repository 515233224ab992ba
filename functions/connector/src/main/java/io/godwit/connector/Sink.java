package io.godwit.connector;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One database of one endpoint, to be written. Not safe for threads; one use at a time. All methods throw
 * GodwitException with SINK codes. Those named after questions are described at
 * {@link io.godwit.core.question.SinkQuestions}.
 */
public interface Sink extends AutoCloseable {

    ConnectionReport test();

    /** Those of the tables that exist. */
    List<TableDescription> describe(List<TableName> tables);

    /** What {@link #prepare} would run, having changed nothing. */
    Preparation previewPreparation(PrepareStep question);

    Preparation prepare(PrepareStep question);

    Published publish(PublishStep question);

    Ledger close(CloseStep question);

    Ledger reopen(CloseStep question);

    Ledger voidUnwritten(VoidSubtasks question);

    Ledger ledger(StepId step);

    /** Rows of a step that were refused, as {@code quarantineOfSink}; none where the sink has no quarantine. */
    default QuarantinePage quarantine(QuarantineQuestion question) {
        return new QuarantinePage(List.of());
    }

    /**
     * Opens the one transaction in which a subtask is written.
     *
     * @param most what a single statement of it may take; a longer one ends with SUBTASK_TOO_LARGE
     */
    Transaction begin(TablePlan table, Duration most);

    /**
     * Reads the target's rows, each field in the layout of its column's {@code wireType}, in the order of the plan's
     * columns: all of them, or those in a key range of the source, whose columns must then pass through under the
     * mapping and be of types that compare alike everywhere (whole numbers).
     */
    void scan(TablePlan table, @Nullable Split split, RowConsumer rows);

    /**
     * Whether a {@link #scan} of a key range looks at that range only. Where it reads all rows and leaves out the
     * others, a comparison asks once for all of them instead of once for each split.
     */
    default boolean seeksRanges() {
        return true;
    }

    @Override
    void close();

    /**
     * The writing of one subtask. Closed without {@link #commit}, it leaves no trace. The order of calls is that of
     * {@link io.godwit.core.ledger the protocol}.
     */
    interface Transaction extends AutoCloseable {

        /** Locks the step's run row against being closed, until this transaction ends, and says how it stands. */
        RunRow lockRun();

        /**
         * Inserts the ledger row. Waits for a transaction that inserted the same subtask to end.
         *
         * @return empty when inserted; else the row that is there
         */
        Optional<LedgerRow> claim(LedgerRow row);

        /** Says what the ledger holds of a subtask, changing nothing. */
        Optional<LedgerRow> find(SubtaskId subtask);

        /** Streams whole tuples, side by side, into the target. */
        void write(byte[] tuples, int offset, int length, int rows);

        /**
         * Keeps a row that the reader refused in the quarantine, in this transaction. Comes between calls of
         * {@link #write}, and only where the plan has a quarantine.
         *
         * @throws io.godwit.core.error.GodwitException QUARANTINE_FULL; NOT_SUPPORTED, by default, where the sink keeps
         *     no quarantine
         */
        default void refused(ReaderRefusal row) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    row.place() + ": " + row.reason() + "; this kind of sink keeps no refused rows",
                    "Take quarantine: out of the job and mend the row.");
        }

        /**
         * Marks rows of the quarantine as replayed by the claimed subtask: they are listed no more.
         *
         * @throws io.godwit.core.error.GodwitException SOURCE_CHANGED where one of them is not open; NOT_SUPPORTED, by
         *     default, where the sink keeps no quarantine
         */
        default void replayed(KeptRows rows) {
            throw new GodwitException(ErrorCode.NOT_SUPPORTED, "this kind of sink keeps no refused rows", "");
        }

        /**
         * Ends the streaming; rows that the target or the reader refused are in the quarantine, and the claimed ledger
         * row says how many.
         *
         * @return the tally of the quarantined rows, both kinds
         * @throws io.godwit.core.error.GodwitException ROW_REFUSED naming table and key, or QUARANTINE_FULL
         */
        Tally finish();

        void commit();

        @Override
        void close();
    }
}
