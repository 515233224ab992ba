package io.godwit.planner.validate;

import io.godwit.core.job.Connection;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions.Difference;
import io.godwit.core.question.PlannerQuestions.TableComparison;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SinkQuestions.DescribeSink;
import io.godwit.core.question.SourceQuestions.KeyHash;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.run.StepId;
import io.godwit.core.run.Tally;
import io.godwit.planner.planning.Functions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One target table against all the sources that were written into it.
 *
 * <p>Split by split where there is one source and its splits are ranges of a key that compares alike on both sides, and
 * that the target can seek; else the whole target at once, against the source by its splits where they are ranges at
 * all. What differs is spread over buckets by a hash of the key, and only buckets that differ are compared key by key.
 * Rows that only the target has count where all of it is the run's. What the sink refused stands in for the rows that
 * the target lacks; what replays wrote of rows that the reader had refused, for rows that the source lacks.
 */
final class TargetComparison {
    static final int BUCKETS = 256;

    /** What readers and writers bear. */
    static final int MOST_BUCKETS = 1 << 20;

    /** Keys of one bucket held at once, per side and part: some tens of megabytes. More are compared page by page. */
    static final int MOST_KEYS = 100_000;

    private static final List<Split> WHOLE = List.of(new Split.Whole(null));

    /** What is compared at once, and together is the same of both sides; each is asked for by parts. */
    private record Parts(List<Split> source, List<Split> target) {}

    private final Functions functions;
    private final RefusedBySink refused;
    private final List<TablePlan> tables;
    /** Steps that have refused rows. */
    private final List<StepId> refusing;
    /** What the reader had refused of them, and the target has by now. */
    private final ReplayedRows.Found replayed;

    private final int limit;
    private final List<Difference> named = new ArrayList<>();
    private long sourceRows;
    private long targetRows;
    private long refusedRows;
    private long differences;
    private long extra;

    TargetComparison(
            Functions functions, RefusedBySink refused, ReplayedRows replays, List<TablePlan> tables, int limit) {
        this.functions = functions;
        this.refused = refused;
        this.tables = CommonKey.of(RepeatableColumns.of(tables));
        this.limit = limit;
        this.refusing = tables.stream()
                .map(TablePlan::step)
                .distinct()
                .filter(refused::isPossible)
                .toList();
        this.replayed = refusing.stream()
                .map(step -> replays.of(step, this.tables.get(0)))
                .reduce(ReplayedRows.Found.NONE, ReplayedRows.Found::plus);
    }

    TableComparison compare(List<Split> splits) {
        boolean ranges = SplitsOfBothSides.areComparable(tables, splits) && seeksRanges();
        if (ranges && refusing.isEmpty()) {
            splits.forEach(split -> compareParts(new Parts(List.of(split), List.of(split))));
        } else if (SplitsOfBothSides.coverSource(tables, splits)) {
            // Of a refused row is not known which of them has it.
            compareAll(new Parts(splits, ranges ? splits : WHOLE));
        } else {
            compareAll(new Parts(WHOLE, WHOLE));
        }
        String sources = tables.stream()
                .map(table -> table.source().name() + ": " + table.definition().name())
                .collect(Collectors.joining(", "));
        TablePlan first = tables.get(0);
        return new TableComparison(
                sources,
                first.sink().name() + ": " + first.target(),
                sourceRows,
                targetRows,
                refusedRows,
                differences,
                named);
    }

    private boolean seeksRanges() {
        return sink().describeSink(new DescribeSink(
                        tables.get(0).sink(), List.of(tables.get(0).target()), List.of()))
                .seeksRanges();
    }

    /** Of replayed rows is only known how many they are, and their digest: which of the target's they are is not. */
    private void compareAll(Parts all) {
        long rows = replayed.tally().rows();
        if (compareParts(all) || rows == 0 || isShared()) {
            return;
        }
        long found = Math.min(extra, rows);
        differences += rows - 2 * found; // those that were found are no difference, the others are missing
        if (found == extra) {
            named.removeIf(difference -> difference.what().equals(KeyDifferences.EXTRA));
        }
        if (replayed.exact()) {
            differences = Math.max(1, differences); // one of them is not what was written
        }
    }

    /** Whether number and digest of all rows are equal. */
    private boolean compareParts(Parts parts) {
        Tally source = sum(sourceTallies(parts.source(), 1)).plus(replayed.tally());
        Tally target = sum(sinkTallies(parts.target(), 1));
        Tally aside = sum(refusedTallies(1));
        sourceRows += source.rows();
        targetRows += target.rows();
        refusedRows += aside.rows();
        boolean equal = source.provesEqual(target.plus(aside));
        if (!equal) {
            compareBuckets(parts, bucketsFor(Math.max(source.rows(), target.rows())));
        }
        return equal;
    }

    /** So many that a bucket's keys can be held. */
    private static int bucketsFor(long rows) {
        return (int) Math.max(BUCKETS, Math.min(MOST_BUCKETS, 4 * rows / MOST_KEYS));
    }

    private void compareBuckets(Parts parts, int buckets) {
        List<Tally> source = sourceTallies(parts.source(), buckets);
        List<Tally> target = sinkTallies(parts.target(), buckets);
        List<Tally> aside = refusedTallies(buckets);
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (!source.get(bucket).provesEqual(target.get(bucket).plus(aside.get(bucket)))) {
                compareKeys(parts, buckets, bucket);
            }
        }
    }

    private void compareKeys(Parts parts, int buckets, int bucket) {
        KeyHash after = null;
        do {
            KeyPage page = keysOf(parts, buckets, bucket, after);
            KeyDifferences found =
                    KeyDifferences.between(page.source(), page.target(), !isShared(), limit - named.size());
            differences += found.count();
            extra += found.extra();
            named.addAll(found.named());
            after = page.end();
        } while (after != null);
    }

    private KeyPage keysOf(Parts parts, int buckets, int bucket, @Nullable KeyHash after) {
        List<List<KeyHash>> source = new ArrayList<>();
        List<List<KeyHash>> target = new ArrayList<>();
        for (Split part : parts.source()) {
            for (TablePlan table : tables) {
                source.add(functions
                        .readersOf(table.source())
                        .keysOfSource(new KeysOfBucket(table, part, buckets, bucket, MOST_KEYS, after))
                        .keys());
            }
        }
        for (Split part : parts.target()) {
            target.add(sink().keysOfSink(new KeysOfBucket(tables.get(0), part, buckets, bucket, MOST_KEYS, after))
                    .keys());
        }
        for (StepId step : refusing) {
            target.add(refused.keys(step, new KeysOfBucket(tables.get(0), null, buckets, bucket, MOST_KEYS, after)));
        }
        return KeyPage.of(source, target, MOST_KEYS);
    }

    /** Whether the target held rows before, which stay: those are nobody's fault. */
    private boolean isShared() {
        TablePlan first = tables.get(0);
        return first.targetExists() && !first.mode().loadsAside();
    }

    private List<Tally> sourceTallies(List<Split> parts, int buckets) {
        return perBucket(
                buckets,
                parts.stream()
                        .flatMap(part -> tables.stream()
                                .map(table -> functions
                                        .readersOf(table.source())
                                        .tallySource(new TallyRows(table, part, buckets))
                                        .buckets())));
    }

    private List<Tally> sinkTallies(List<Split> parts, int buckets) {
        return perBucket(
                buckets,
                parts.stream()
                        .map(part -> sink().tallySink(new TallyRows(tables.get(0), part, buckets))
                                .buckets()));
    }

    private List<Tally> refusedTallies(int buckets) {
        return perBucket(buckets, refusing.stream().map(step -> refused.tallies(step, tables.get(0), buckets)));
    }

    private static List<Tally> perBucket(int buckets, Stream<List<Tally>> tallies) {
        List<Tally> sums = new ArrayList<>(Collections.nCopies(buckets, Tally.ZERO));
        tallies.forEach(each -> {
            for (int bucket = 0; bucket < buckets; bucket++) {
                sums.set(bucket, sums.get(bucket).plus(each.get(bucket)));
            }
        });
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
