package io.godwit.core.row;

import io.godwit.core.question.SourceQuestions.KeyHash;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.run.Digest;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names the rows of one bucket by key and hash: the first ones in the order of keys and hashes, up to a limit, so that
 * two sides that are cut at one place can be compared up to there. Equal rows are one, with their number. Rows are as
 * for {@link BucketTally}. Not safe for threads.
 */
public final class BucketKeys {
    private final ComparisonKey key;
    private final int bucket;
    private final int limit;
    private final @Nullable KeyHash after;
    private final TreeMap<KeyHash, KeyHash> keys = new TreeMap<>();

    public BucketKeys(KeysOfBucket question) {
        this.key = new ComparisonKey(question.table(), question.buckets());
        this.bucket = question.bucket();
        this.limit = question.limit();
        this.after = question.after();
    }

    /** Takes one row. */
    public void row(byte[] tuple, int offset, int length) {
        if (key.bucketOf(tuple, offset, length) != bucket) {
            return;
        }
        Digest hash = new Digest(RowHash.of(tuple, offset, length));
        KeyHash row = new KeyHash(key.textOf(tuple, offset, length), hash.toString(), 1);
        if (after == null || row.compareTo(after) > 0) {
            keys.merge(row, row, BucketKeys::both);
            if (keys.size() > limit) {
                keys.pollLastEntry();
            }
        }
    }

    /** Those found, in their order. */
    public List<KeyHash> keys() {
        return List.copyOf(keys.values());
    }

    private static KeyHash both(KeyHash one, KeyHash other) {
        return new KeyHash(one.key(), one.hash(), one.rows() + other.rows());
    }
}
