package io.godwit.planner;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sources in memory: tables by name, each of so many splits. */
final class InMemoryReaders implements SourceQuestions {
    final Map<String, Integer> splitsByTable = new HashMap<>();
    final Map<Long, String> rows = new HashMap<>();
    /** Where there are any: so many rows that are alike stand for all others. */
    int alike;

    final List<Object> asked = new ArrayList<>();
    final Set<@Nullable TraceParent> traces = new HashSet<>();

    List<String> notes = List.of();

    @Nullable
    ErrorCode refusal;

    @Nullable
    String highWater;

    @Override
    public ConnectionReport testSource(ConnectionQuestion question) {
        return new ConnectionReport("memory", 1, List.of("small"));
    }

    @Override
    public SourceTables describeSource(DescribeSource question) {
        note(question);
        return new SourceTables(
                question.tables().stream().map(InMemoryReaders::table).toList(), notes);
    }

    static TableDescription table(String name) {
        Column id = new Column("id", LogicalType.Scalar.INT8, "bigint", false, null, false, null, null, null);
        return new TableDescription(
                new TableName("shop", "public", name),
                "table",
                List.of(id),
                new Key(name + "_pkey", List.of("id")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                1000,
                100_000);
    }

    @Override
    public SourceSplits splitSource(SplitSource question) {
        note(question);
        List<PlannedSplit> splits = new ArrayList<>();
        int count = splitsByTable.getOrDefault(question.table().name().name(), 1);
        for (int i = 0; i < count; i++) {
            splits.add(new PlannedSplit(
                    new Split.KeyRange(
                            List.of("id"),
                            i == 0 ? null : List.of("" + i),
                            i == count - 1 ? null : List.of("" + (i + 1)),
                            null),
                    10,
                    1000));
        }
        return new SourceSplits(splits, count + " ranges of id");
    }

    /**
     * Ranges of numbers, the first and the last of which have no end, are halved while they are wider than an eighth.
     */
    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        note(question);
        PlannedSplit whole = question.split();
        Split.KeyRange range = (Split.KeyRange) whole.split();
        BigDecimal from = range.from() == null
                ? BigDecimal.ZERO
                : new BigDecimal(range.from().get(0));
        BigDecimal to = range.to() == null
                ? from.add(BigDecimal.ONE)
                : new BigDecimal(range.to().get(0));
        if (to.subtract(from).compareTo(new BigDecimal("0.125")) <= 0) {
            return new SourceSplits(List.of(whole), "not split again: too narrow");
        }
        List<String> middle = List.of(from.add(to).divide(BigDecimal.valueOf(2)).toPlainString());
        return new SourceSplits(
                List.of(
                        new PlannedSplit(new Split.KeyRange(range.columns(), range.from(), middle, null), 5, 500),
                        new PlannedSplit(new Split.KeyRange(range.columns(), middle, range.to(), null), 5, 500)),
                "halved");
    }

    @Override
    public Preview previewSource(PreviewSource question) {
        return new Preview(List.of("id"), List.of("bigint"), List.of(List.of("1")));
    }

    @Override
    public HighWater highWater(HighWaterQuestion question) {
        note(question);
        return new HighWater(highWater);
    }

    @Override
    public Snapshot holdSnapshot(HoldSnapshot question) {
        note(question);
        return new Snapshot("snapshot-1");
    }

    @Override
    public Released releaseSnapshot(ReleaseSnapshot question) {
        note(question);
        return new Released(1);
    }

    @Override
    public Tallies tallySource(TallyRows question) {
        return alike > 0 ? InMemoryRows.tally(alike, question) : InMemoryRows.tally(rows, question);
    }

    @Override
    public KeyHashes keysOfSource(KeysOfBucket question) {
        return alike > 0 ? InMemoryRows.keys(alike, question) : InMemoryRows.keys(rows, question);
    }

    private synchronized void note(Object question) {
        asked.add(question);
        traces.add(Traces.current());
        if (refusal != null) {
            throw InMemoryWorld.error(refusal);
        }
    }
}
