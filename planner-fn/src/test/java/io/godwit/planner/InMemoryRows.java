package io.godwit.planner;

import io.godwit.core.question.SourceQuestions.KeyHash;
import io.godwit.core.question.SourceQuestions.KeyHashes;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.question.SourceQuestions.Tallies;
import io.godwit.core.question.SourceQuestions.TallyRows;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Rows by key, tallied as readers and writers do. */
final class InMemoryRows {
    private InMemoryRows() {}

    static Tallies tally(Map<Long, String> rows, TallyRows question) {
        List<Tally> buckets = new ArrayList<>(Collections.nCopies(question.buckets(), Tally.ZERO));
        rows.forEach((key, row) -> {
            int bucket = (int) (key % question.buckets());
            buckets.set(bucket, buckets.get(bucket).plus(new Tally(1, row.length(), hash(key, row))));
        });
        return new Tallies(buckets);
    }

    static KeyHashes keys(Map<Long, String> rows, KeysOfBucket question) {
        return new KeyHashes(rows.entrySet().stream()
                .filter(row -> row.getKey() % question.buckets() == question.bucket())
                .map(row -> new KeyHash(
                        row.getKey().toString(),
                        hash(row.getKey(), row.getValue()).toString()))
                .toList());
    }

    private static Digest hash(long key, String row) {
        return new Digest((key * 31 + row.hashCode()) * 0x9E3779B97F4A7C15L);
    }
}
