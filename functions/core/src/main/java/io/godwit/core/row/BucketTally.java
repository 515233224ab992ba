package io.godwit.core.row;

import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.List;

/**
 * Tallies rows by buckets of their key, so that two sides that differ need compare only the buckets that do. Rows are
 * tuples of the plan's wire types. Not safe for threads.
 */
public final class BucketTally {
    private final ComparisonKey key;
    private final long[] rows;
    private final long[] bytes;
    private final long[] digests;

    /** @param buckets 1 to {@value ComparisonKey#MOST_BUCKETS} */
    public BucketTally(TablePlan plan, int buckets) {
        this.key = new ComparisonKey(plan, buckets);
        this.rows = new long[buckets];
        this.bytes = new long[buckets];
        this.digests = new long[buckets];
    }

    /** Takes one row. */
    public void row(byte[] tuple, int offset, int length) {
        int bucket = key.bucketOf(tuple, offset, length);
        rows[bucket]++;
        bytes[bucket] += length;
        digests[bucket] += RowHash.of(tuple, offset, length);
    }

    /** One tally per bucket, in order. */
    public List<Tally> tallies() {
        List<Tally> tallies = new ArrayList<>(rows.length);
        for (int bucket = 0; bucket < rows.length; bucket++) {
            tallies.add(new Tally(rows[bucket], bytes[bucket], new Digest(digests[bucket])));
        }
        return tallies;
    }
}
