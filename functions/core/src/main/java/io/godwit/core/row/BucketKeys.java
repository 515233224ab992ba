package io.godwit.core.row;

import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SourceQuestions.KeyHash;
import io.godwit.core.run.Digest;
import java.util.ArrayList;
import java.util.List;

/** Names the rows of one bucket by key and hash, up to a limit. Rows are as for {@link BucketTally}. */
public final class BucketKeys {
    private final ComparisonKey key;
    private final int bucket;
    private final int limit;
    private final List<KeyHash> keys = new ArrayList<>();

    public BucketKeys(TablePlan plan, int buckets, int bucket, int limit) {
        this.key = new ComparisonKey(plan, buckets);
        this.bucket = bucket;
        this.limit = limit;
    }

    /** Takes one row. */
    public void row(byte[] tuple, int offset, int length) {
        if (keys.size() < limit && key.bucketOf(tuple, offset, length) == bucket) {
            Digest hash = new Digest(RowHash.of(tuple, offset, length));
            keys.add(new KeyHash(key.textOf(tuple, offset, length), hash.toString()));
        }
    }

    /** Those found, in the order in which they came. */
    public List<KeyHash> keys() {
        return List.copyOf(keys);
    }
}
