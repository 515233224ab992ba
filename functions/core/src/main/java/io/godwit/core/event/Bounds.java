package io.godwit.core.event;

import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;

/** What the numbers of events may be: what is counted with them later neither overflows nor becomes negative. */
final class Bounds {
    /**
     * More rows, bytes, offsets or milliseconds than a subtask can have (32 TiB, a thousand years), and so few that the
     * sums of a hundred thousand subtasks are numbers yet.
     */
    private static final long MOST = 1L << 45;

    private Bounds() {}

    static void count(long number, String what) {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException(what + " must be from 0 to " + MOST + ": " + number);
        }
    }

    static void tally(Tally tally, String what) {
        count(tally.rows(), "rows " + what);
        count(tally.bytes(), "bytes " + what);
    }

    static void dispatch(int dispatch) {
        if (dispatch < 1) {
            throw new IllegalArgumentException("dispatches count from 1: " + dispatch);
        }
    }

    static void lane(Lane lane) {
        count(lane.partition(), "a partition");
    }

    /** A range and what is said to lie in it. */
    static void rows(BatchRange range, Tally read) {
        lane(range.lane());
        count(range.batches(), "batches");
        tally(read, "read");
        if ((range.batches() == 0) != (read.rows() == 0)) {
            throw new IllegalArgumentException(read.rows() + " rows in " + range.batches() + " batches");
        }
        if (read.rows() == 0 && !read.digest().equals(Digest.EMPTY)) {
            throw new IllegalArgumentException("no rows with digest " + read.digest());
        }
        // One more than the last offset is still a number.
        boolean lies = range.firstOffset() >= 0
                && range.firstOffset() <= range.lastOffset()
                && range.lastOffset() < Long.MAX_VALUE
                && range.lastOffset() - range.firstOffset() <= MOST;
        if (range.batches() > 0 && !lies) {
            throw new IllegalArgumentException(
                    "no range: offsets " + range.firstOffset() + " to " + range.lastOffset());
        }
    }
}
