package io.godwit.reader;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SourceQuestions;
import io.godwit.core.row.BucketKeys;
import io.godwit.core.row.BucketTally;
import io.godwit.core.table.TableName;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about sources, each in a session of its own; snapshots outlive their question. Safe for many
 * threads.
 */
public final class SourceAnswers implements SourceQuestions {
    private static final int MOST_PREVIEWED = 1000;

    private final Sources sources;
    private final Snapshots snapshots;

    public SourceAnswers(Sources sources, Snapshots snapshots) {
        this.sources = sources;
        this.snapshots = snapshots;
    }

    @Override
    public ConnectionReport testSource(ConnectionQuestion question) {
        return ask(question.connection(), Source::test);
    }

    @Override
    public SourceTables describeSource(DescribeSource question) {
        return new SourceTables(new TableSearch(sources, question).found(), sources.notesOn(question.connection()));
    }

    @Override
    public SourceSplits splitSource(SplitSource question) {
        return ask(of(question.connection(), question.table().name()), source -> source.split(question));
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        return ask(of(question.connection(), question.table().name()), source -> source.splitAgain(question));
    }

    @Override
    public Preview previewSource(PreviewSource question) {
        int limit = Math.max(1, Math.min(question.limit(), MOST_PREVIEWED));
        return ask(of(question.connection(), question.table()), source -> source.preview(question.table(), limit));
    }

    @Override
    public HighWater highWater(HighWaterQuestion question) {
        return ask(of(question.connection(), question.table()), source -> new HighWater(source.highWater(question)));
    }

    @Override
    public Snapshot holdSnapshot(HoldSnapshot question) {
        return snapshots.hold(question);
    }

    @Override
    public Released releaseSnapshot(ReleaseSnapshot question) {
        return new Released(snapshots.release(question.step()));
    }

    @Override
    public Tallies tallySource(TallyRows question) {
        BucketTally tally = new BucketTally(question.table(), question.buckets());
        readAgain(question.table(), question.split(), tally::row);
        return new Tallies(tally.tallies());
    }

    @Override
    public KeyHashes keysOfSource(KeysOfBucket question) {
        BucketKeys keys = new BucketKeys(question);
        readAgain(question.table(), question.split(), keys::row);
        return new KeyHashes(keys.keys());
    }

    /** Not from the run's snapshot, which is let go when the run ends. */
    private void readAgain(TablePlan plan, @Nullable Split split, RowConsumer rows) {
        MappedRead mapped = new MappedRead(plan, sources.secrets());
        Split part = split == null ? new Split.Whole(null) : split;
        try (Source source = sources.open(plan.source())) {
            source.read(
                    mapped.requestNow(part),
                    plan.quarantine() == null ? mapped.into(rows) : mapped.into(rows, new PassingOver()));
        }
    }

    private <T> T ask(Connection connection, Function<Source, T> question) {
        try (Source source = sources.open(connection)) {
            return question.apply(source);
        }
    }

    /** The connection to the table's database, which may be another one of the same endpoint. */
    private static Connection of(Connection connection, TableName table) {
        String database = table.database();
        return database == null ? connection : connection.withDatabase(database);
    }
}
