package io.godwit.core.question;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SourceQuestions.ConnectionQuestion;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.KeyHashes;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.Tallies;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What writers answer. All throw GodwitException with SINK or USER codes. Every one may be asked twice. */
public interface SinkQuestions {

    /** Whether the endpoint can be reached and logged in to, and what it is. */
    ConnectionReport testSink(ConnectionQuestion question);

    /** Those of the tables that exist, and what the sink makes of the types. */
    SinkTables describeSink(DescribeSink question);

    /** What {@link #prepareSink} would do, having changed nothing. */
    Preparation previewPreparation(PrepareStep question);

    /** Makes the sink ready: run row, missing tables, tables to load aside, {@code before} SQL. In one transaction. */
    Preparation prepareSink(PrepareStep question);

    /**
     * Publishes a step and closes its run row, in one transaction, if the ledger holds exactly {@code subtasks} written
     * subtasks. Published before: answers as then.
     */
    Published publishSink(PublishStep question);

    /** Closes the run row of a step that failed or was cancelled; voids every subtask that is not written. */
    Ledger closeSink(CloseStep question);

    /** Opens the run row of a failed step again, and takes back the voids of the subtasks named. */
    Ledger reopenSink(CloseStep question);

    /**
     * Voids those of the subtasks that are not written, and leaves the run row as it is. Whoever writes one of them
     * meanwhile is waited for.
     */
    Ledger voidInSink(VoidSubtasks question);

    /** What the ledger says of a step. */
    Ledger ledgerOfSink(LedgerQuestion question);

    /** Tallies rows of the target as {@link SourceQuestions#tallySource} does those of the source. */
    Tallies tallySink(TallyRows question);

    /** The keys and row hashes of one bucket of the target. */
    KeyHashes keysOfSink(KeysOfBucket question);

    /**
     * The next rows of a step that were refused, and are not replayed, by table and split, in the order in which it
     * did.
     */
    QuarantinePage quarantineOfSink(QuarantineQuestion question);

    /** Which tables of the connection's database, and which types values have that may go into new ones. */
    record DescribeSink(Connection connection, List<TableName> tables, List<LogicalType> types) {}

    /**
     * The tables that exist.
     *
     * @param types for each type asked about, outside and in a key; and for those of the tables' columns
     * @param notes what a reader of the plan should know of this kind of sink
     * @param scansWhole true where reading a key range back costs what reading the table does; else null
     */
    record SinkTables(
            List<TableDescription> tables,
            List<TargetType> types,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean scansWhole) {
        @SuppressWarnings("NullAway") // absent in JSON
        public SinkTables {
            tables = List.copyOf(tables);
            types = List.copyOf(types);
            notes = notes == null ? List.of() : List.copyOf(notes);
        }

        /** Whether the sink reads a key range by itself. */
        public boolean seeksRanges() {
            return !Boolean.TRUE.equals(scansWhole);
        }
    }

    /** A step's tables, all into one sink connection. */
    record PrepareStep(StepId step, List<TablePlan> tables, List<String> before) {}

    /** The statements, in order, that were run (or would be), and what a user should know. */
    record Preparation(List<String> statements, List<String> notes) {}

    /** A step to publish: its tables, and which subtasks its plan has. */
    record PublishStep(StepId step, List<TablePlan> tables, List<String> after, SubtaskSet subtasks) {}

    /** The statements that publishing ran, and what a user should know: rows emptied, indexes built. */
    record Published(List<String> statements, List<String> notes) {}

    /** A step to close, and the subtasks that its plan has and that are not known to be written. */
    record CloseStep(StepId step, Connection connection, boolean cancelled, List<SubtaskId> unwritten) {}

    /** Subtasks of a step that shall never be written, unless they are. */
    record VoidSubtasks(StepId step, Connection connection, List<SubtaskId> subtasks) {}

    /** Which step's ledger. */
    record LedgerQuestion(StepId step, Connection connection) {}

    /** How the run row of a step stands, and the subtasks that are written. */
    record Ledger(RunRow run, List<LedgerEntry> written) {}

    /** One written subtask. */
    record LedgerEntry(SubtaskId subtask, AttemptId attempt, Tally written, Tally quarantined) {}

    /** Where a row lies in the quarantine. */
    record QuarantinePlace(SubtaskId subtask, long id) {}

    /**
     * Which rows.
     *
     * @param after the last one that is known; null: from the first
     * @param limit how many at most; fewer come where they are long
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QuarantineQuestion(
            StepId step, Connection connection, @Nullable QuarantinePlace after, int limit) {}

    /** Rows. Fewer than were asked for are no sign of the end, none are. */
    record QuarantinePage(List<RefusedRow> rows) {
        /** One row, or so many bytes of rows, make a page. */
        public static final long MOST_BYTES = 4 << 20;

        public static final int MOST_ROWS = 1000;

        public QuarantinePage {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row that was refused: by the sink, or by the reader.
     *
     * @param key names the row, for people; its place, where the reader refused it
     * @param code the database's own code of the refusal, or the reader's error code
     * @param row a tuple of the plan's columns, in the layouts of their types; or what the reader refused, as
     *     {@link io.godwit.core.row.ReaderRefusal} encodes it
     */
    // The array is not copied: it crosses one thread's stack from the sink to the answer.
    @SuppressWarnings("ArrayRecordComponent")
    record RefusedRow(QuarantinePlace place, String key, String code, String reason, Instant at, byte[] row) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof RefusedRow that
                    && place.equals(that.place)
                    && key.equals(that.key)
                    && code.equals(that.code)
                    && reason.equals(that.reason)
                    && at.equals(that.at)
                    && Arrays.equals(row, that.row);
        }

        @Override
        public int hashCode() {
            return 31 * place.hashCode() + Arrays.hashCode(row);
        }

        /** Without what a log must not have: the row, its key, and a reason that may quote either. */
        @Override
        public String toString() {
            return "RefusedRow[" + place + ", " + code + "]";
        }
    }
}
