package io.godwit.connector;

import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database of one endpoint, to be read. Not safe for threads; one use at a time. Nothing it does changes the
 * database. All methods throw GodwitException with SOURCE codes.
 */
public interface Source extends AutoCloseable {

    ConnectionReport test();

    /** The endpoint's databases that the user may connect to. */
    List<String> databases();

    /** Tables and views of this database that a user made, in the order of their names, the database's name in each. */
    List<TableName> tables();

    /** The tables described, those that vanished left out. */
    List<TableDescription> describe(List<TableName> tables);

    /** See {@link io.godwit.core.question.SourceQuestions#splitSource}. */
    SourceSplits split(SplitSource question);

    /** See {@link io.godwit.core.question.SourceQuestions#splitAgain}. */
    SourceSplits splitAgain(SplitAgain question);

    /** See {@link io.godwit.core.question.SourceQuestions#highWater}. */
    @Nullable
    String highWater(HighWaterQuestion question);

    Preview preview(TableName table, int limit);

    /** Takes a snapshot that others may read from until this source is closed, and names it. */
    String holdSnapshot();

    /** Reads the rows of a split, all from one snapshot, each field in the layout of its column's logical type. */
    void read(ReadRequest request, RowConsumer rows);

    /**
     * Reads a row by itself that was handed over as malformed once, under what the request says of its columns now: the
     * consumer is given the row, or the malformed row again. Most kinds hand over none.
     *
     * @param context as {@link MalformedRow} had it, and so {@code raw}
     */
    default void readAgain(ReadRequest request, byte[] context, byte[] raw, RowConsumer rows) {
        rows.malformed(new MalformedRow(
                request.table().name().display(),
                "this kind of source reads no row by itself",
                "Export the row, mend it, and load it.",
                raw,
                context));
    }

    @Override
    void close();

    /**
     * What to read.
     *
     * @param columns in the order of the tuple's fields
     * @param where condition on the table's columns; null: all rows
     * @param snapshot where to read from; null: now
     * @param maxRowBytes a larger row ends the reading with ROW_TOO_LARGE, which names table and key
     * @param most a longer reading ends with SUBTASK_TOO_LARGE; null: it may take what it takes
     */
    record ReadRequest(
            TableDescription table,
            List<Column> columns,
            @Nullable String where,
            Split split,
            @Nullable String snapshot,
            long maxRowBytes,
            @Nullable Duration most) {
        public ReadRequest {
            columns = List.copyOf(columns);
        }
    }
}
