package io.godwit.planner;

import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.KeyHash;
import io.godwit.core.question.SourceQuestions.KeyHashes;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.Tallies;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.row.BucketKeys;
import io.godwit.core.row.BucketTally;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows by key, tallied as readers and writers do. */
final class InMemoryRows {
    /** A row of one column that is 7. */
    private static final byte[] SEVEN = new TupleBuilder()
            .begin(1)
            .field(new byte[] {0, 0, 0, 0, 0, 0, 0, 7})
            .toByteArray();

    private InMemoryRows() {}

    /** All of them. */
    static Tally tally(Map<Long, String> rows) {
        return rows.entrySet().stream()
                .map(row -> new Tally(1, row.getValue().length(), hash(row.getKey(), row.getValue())))
                .reduce(Tally.ZERO, Tally::plus);
    }

    static Tallies tally(Map<Long, String> rows, TallyRows question) {
        List<Tally> buckets = new ArrayList<>(Collections.nCopies(question.buckets(), Tally.ZERO));
        rows.forEach((key, row) -> {
            if (isIn(question.split(), key)) {
                int bucket = (int) (key % question.buckets());
                buckets.set(bucket, buckets.get(bucket).plus(new Tally(1, row.length(), hash(key, row))));
            }
        });
        return new Tallies(buckets);
    }

    static KeyHashes keys(Map<Long, String> rows, KeysOfBucket question) {
        KeyHash after = question.after();
        return new KeyHashes(rows.entrySet().stream()
                .filter(row -> isIn(question.split(), row.getKey()))
                .filter(row -> row.getKey() % question.buckets() == question.bucket())
                .map(row -> new KeyHash(
                        row.getKey().toString(),
                        hash(row.getKey(), row.getValue()).toString(),
                        1))
                .filter(row -> after == null || row.compareTo(after) > 0)
                .sorted()
                .limit(question.limit())
                .toList());
    }

    private static boolean isIn(@Nullable Split split, long key) {
        return !(split instanceof Split.KeyRange range)
                || ((range.from() == null || key >= Long.parseLong(range.from().get(0)))
                        && (range.to() == null
                                || key < Long.parseLong(range.to().get(0))));
    }

    /** Rows that are all alike, tallied by what readers and writers tally with. */
    static Tallies tally(int alike, TallyRows question) {
        BucketTally tally = new BucketTally(question.table(), question.buckets());
        for (int i = 0; i < alike; i++) {
            tally.row(SEVEN, 0, SEVEN.length);
        }
        return new Tallies(tally.tallies());
    }

    /** Their keys, named by what readers and writers name them with. */
    static KeyHashes keys(int alike, KeysOfBucket question) {
        BucketKeys keys = new BucketKeys(question);
        for (int i = 0; i < alike; i++) {
            keys.row(SEVEN, 0, SEVEN.length);
        }
        return new KeyHashes(keys.keys());
    }

    private static Digest hash(long key, String row) {
        return new Digest((key * 31 + row.hashCode()) * 0x9E3779B97F4A7C15L);
    }
}
