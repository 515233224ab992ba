package io.godwit.planner.validate;

import io.godwit.core.job.Connection;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions.Difference;
import io.godwit.core.question.PlannerQuestions.TableComparison;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions.KeyHash;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.run.Tally;
import io.godwit.planner.planning.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One target table against all the sources that were written into it.
 *
 * <p>Split by split where there is one source and its splits are ranges of a key that compares alike on both sides; the
 * whole table at once otherwise. What differs is spread over buckets by a hash of the key, and only buckets that differ
 * are compared key by key. Rows that only the target has count where all of it is the run's.
 */
final class TargetComparison {
    static final int BUCKETS = 256;

    /** What readers and writers bear. */
    static final int MOST_BUCKETS = 1 << 20;

    /** Keys of one bucket held at once, per side: some tens of megabytes. */
    static final int MOST_KEYS = 100_000;

    private final Functions functions;
    private final List<TablePlan> tables;
    private final int limit;
    private final List<Difference> named = new ArrayList<>();
    private long sourceRows;
    private long targetRows;
    private long differences;

    TargetComparison(Functions functions, List<TablePlan> tables, int limit) {
        this.functions = functions;
        this.tables = CommonKey.of(RepeatableColumns.of(tables));
        this.limit = limit;
    }

    TableComparison compare(List<Split> splits) {
        if (SplitsOfBothSides.areComparable(tables, splits)) {
            splits.forEach(this::comparePart);
        } else {
            comparePart(null);
        }
        String sources = tables.stream()
                .map(table -> table.source().name() + ": " + table.definition().name())
                .collect(Collectors.joining(", "));
        TablePlan first = tables.get(0);
        return new TableComparison(
                sources, first.sink().name() + ": " + first.target(), sourceRows, targetRows, differences, named);
    }

    private void comparePart(@Nullable Split split) {
        Tally source = sum(sourceTallies(split, 1));
        Tally target =
                sum(sink().tallySink(new TallyRows(tables.get(0), split, 1)).buckets());
        sourceRows += source.rows();
        targetRows += target.rows();
        if (!source.provesEqual(target)) {
            compareBuckets(split, bucketsFor(Math.max(source.rows(), target.rows())));
        }
    }

    /** So many that a bucket's keys can be held. */
    private static int bucketsFor(long rows) {
        return (int) Math.max(BUCKETS, Math.min(MOST_BUCKETS, 4 * rows / MOST_KEYS));
    }

    private void compareBuckets(@Nullable Split split, int buckets) {
        List<Tally> source = sourceTallies(split, buckets);
        List<Tally> target =
                sink().tallySink(new TallyRows(tables.get(0), split, buckets)).buckets();
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (!source.get(bucket).provesEqual(target.get(bucket))) {
                compareKeys(split, buckets, bucket);
            }
        }
    }

    private void compareKeys(@Nullable Split split, int buckets, int bucket) {
        List<KeyHash> source = new ArrayList<>();
        for (TablePlan table : tables) {
            source.addAll(functions
                    .readersOf(table.source())
                    .keysOfSource(new KeysOfBucket(table, split, buckets, bucket, MOST_KEYS))
                    .keys());
        }
        List<KeyHash> target = sink().keysOfSink(new KeysOfBucket(tables.get(0), split, buckets, bucket, MOST_KEYS))
                .keys();
        KeyDifferences found = KeyDifferences.between(source, target, !isShared(), limit - named.size());
        differences += found.count();
        named.addAll(found.named());
    }

    /** Whether the target held rows before, which stay: those are nobody's fault. */
    private boolean isShared() {
        TablePlan first = tables.get(0);
        return first.targetExists() && !first.mode().loadsAside();
    }

    private List<Tally> sourceTallies(@Nullable Split split, int buckets) {
        List<Tally> sums = new ArrayList<>();
        for (TablePlan table : tables) {
            List<Tally> of = functions
                    .readersOf(table.source())
                    .tallySource(new TallyRows(table, split, buckets))
                    .buckets();
            for (int bucket = 0; bucket < of.size(); bucket++) {
                if (bucket < sums.size()) {
                    sums.set(bucket, sums.get(bucket).plus(of.get(bucket)));
                } else {
                    sums.add(of.get(bucket));
                }
            }
        }
        return sums;
    }

    private static Tally sum(List<Tally> tallies) {
        return tallies.stream().reduce(Tally.ZERO, Tally::plus);
    }

    private SinkQuestions sink() {
        Connection sink = tables.get(0).sink();
        return functions.writersOf(sink);
    }
}
