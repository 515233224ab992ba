package io.godwit.core.question;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.StepId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What readers answer. Nothing here changes a source; all throw GodwitException with SOURCE or USER codes. */
public interface SourceQuestions {

    /** Whether the endpoint can be reached and logged in to, and what it is. */
    ConnectionReport testSource(ConnectionQuestion question);

    /** Every table that the selection matches, in the order of their names. */
    SourceTables describeSource(DescribeSource question);

    /** Splits that cover every row of the table, or of its {@code where}, exactly once. At least one. */
    SourceSplits splitSource(SplitSource question);

    /** Parts of a split, which together are the split: two, or the split itself where it has none. */
    SourceSplits splitAgain(SplitAgain question);

    /** The first rows that the source gives, as text. */
    Preview previewSource(PreviewSource question);

    /** The largest value of a column, as text. */
    HighWater highWater(HighWaterQuestion question);

    /** Takes and holds a snapshot for a step, until released or until the holder ends. */
    Snapshot holdSnapshot(HoldSnapshot question);

    /** Lets go of the snapshots of a step; nothing happens where there are none. */
    Released releaseSnapshot(ReleaseSnapshot question);

    /** Reads a split again, through the mapping, and tallies it by buckets of the key. */
    Tallies tallySource(TallyRows question);

    /** The keys and row hashes of one bucket. */
    KeyHashes keysOfSource(KeysOfBucket question);

    /** A question about one connection. */
    record ConnectionQuestion(Connection connection) {}

    /**
     * An endpoint that answered.
     *
     * @param product what it is and its version, for people
     * @param millis from dialling to the first answer
     * @param notes what a user should know: missing rights, settings that cost speed
     */
    record ConnectionReport(String product, long millis, List<String> notes) {}

    /**
     * Which tables.
     *
     * @param databases names or patterns; empty: the connection's own
     * @param tables patterns of {@code schema.table}
     * @param except patterns to leave out
     */
    record DescribeSource(Connection connection, List<String> databases, List<String> tables, List<String> except) {}

    /**
     * The tables found; each name carries its database.
     *
     * @param notes what a reader of the plan should know of this kind of source
     */
    record SourceTables(
            List<TableDescription> tables,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes) {
        @SuppressWarnings("NullAway") // absent in JSON
        public SourceTables {
            tables = List.copyOf(tables);
            notes = notes == null ? List.of() : List.copyOf(notes);
        }
    }

    /**
     * How to split a table.
     *
     * @param where condition on the source's columns, resolved; null: all rows
     * @param snapshot where to look from; null: now
     * @param splitBytes bytes of source that a split should hold
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SplitSource(
            Connection connection,
            TableDescription table,
            @Nullable String where,
            @Nullable String snapshot,
            long splitBytes) {}

    /**
     * Which split of a table to halve.
     *
     * @param where condition on the source's columns, resolved; null: all rows
     * @param snapshot where to look from; null: now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SplitAgain(
            Connection connection,
            TableDescription table,
            @Nullable String where,
            @Nullable String snapshot,
            PlannedSplit split) {}

    /** Splits, in an order in which reading them is cheapest; and why they are what they are, for people. */
    record SourceSplits(List<PlannedSplit> splits, String reason) {}

    /** The first {@code limit} rows, at most 1000. */
    record PreviewSource(Connection connection, TableName table, int limit) {}

    /** Column names, their types, and rows of values in the source's text form; null is NULL. */
    record Preview(List<String> columns, List<String> types, List<List<@Nullable String>> rows) {}

    /** Which column's largest value, among the rows of {@code where}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HighWaterQuestion(
            Connection connection,
            TableName table,
            String column,
            @Nullable String where) {}

    /** The value in the source's text form; null where no row has one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HighWater(@Nullable String value) {}

    /** A snapshot of one database of one connection, for one step. */
    record HoldSnapshot(StepId step, Connection connection) {}

    /** The snapshot's name in its database. */
    record Snapshot(String name) {}

    /** The step that needs its snapshots no more. */
    record ReleaseSnapshot(StepId step) {}

    /** How many snapshots were let go. */
    record Released(int snapshots) {}

    /**
     * Rows to tally: of a split, or of all where the split is null.
     *
     * @param buckets how many buckets to spread rows over by a hash of their key; 1: a single tally
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TallyRows(TablePlan table, @Nullable Split split, int buckets) {}

    /** One tally per bucket. */
    record Tallies(List<Tally> buckets) {}

    /**
     * Which bucket's keys.
     *
     * @param limit how many at most: the first ones in their order
     * @param after the last one that is known; null: from the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeysOfBucket(
            TablePlan table,
            @Nullable Split split,
            int buckets,
            int bucket,
            int limit,
            @Nullable KeyHash after) {}

    /** Keys of one bucket, in their order. As many as were asked for: there may be more. */
    record KeyHashes(List<KeyHash> keys) {}

    /**
     * Rows that are alike, in the order of their keys and then of their hashes.
     *
     * @param key as text for people and for matching the sides
     * @param hash of the whole row
     * @param rows how many they are, at least one
     */
    record KeyHash(String key, String hash, long rows) implements Comparable<KeyHash> {
        private static final Comparator<KeyHash> ORDER =
                Comparator.comparing(KeyHash::key).thenComparing(KeyHash::hash);

        public KeyHash {
            if (rows < 1) {
                throw new IllegalArgumentException(rows + " rows of a key");
            }
        }

        /** By key and hash alone. */
        @Override
        public int compareTo(KeyHash that) {
            return ORDER.compare(this, that);
        }
    }
}
