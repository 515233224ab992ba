package io.godwit.reader;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps reading below a connection's rows and bytes per second, whichever subtasks of this process read it. Where
 * several reader processes share a connection, each takes its part of the limits.
 */
public final class RateLimits {
    /** Rows are counted one by one, the clock is asked once per so many or once per so many bytes. */
    private static final int STRIDE_ROWS = 64;

    private static final long STRIDE_BYTES = 64 << 10;

    private final int processes;
    private final Map<String, Rate> rates = new ConcurrentHashMap<>();

    /** @param processes how many reader processes there are at most */
    public RateLimits(int processes) {
        if (processes < 1) {
            throw new IllegalArgumentException(processes + " reader processes");
        }
        this.processes = processes;
    }

    /** The limits for one reading of a connection, by one thread. */
    Meter meter(Connection connection) {
        Connection.Limits limits = connection.limits();
        if (limits.rowsPerSecond() == null && limits.bytesPerSecond() == null) {
            return new Meter(null);
        }
        // A limit that was changed makes a new rate; who reads under the old one ends soon.
        Rate rate = rates.compute(
                connection.name(),
                (name, known) -> known != null && known.limits.equals(limits) ? known : new Rate(limits, processes));
        return new Meter(rate);
    }

    private static final class Rate {
        private final Connection.Limits limits;
        private final @Nullable TokenBucket rows;
        private final @Nullable TokenBucket bytes;

        Rate(Connection.Limits limits, int processes) {
            this.limits = limits;
            this.rows = bucket(limits.rowsPerSecond(), processes);
            this.bytes = bucket(limits.bytesPerSecond(), processes);
        }

        private static @Nullable TokenBucket bucket(@Nullable Long perSecond, int processes) {
            return perSecond == null ? null : new TokenBucket((double) perSecond / processes, System.nanoTime());
        }

        long take(long moreRows, long moreBytes) {
            long now = System.nanoTime();
            long wait = rows == null ? 0 : rows.take(moreRows, now);
            return bytes == null ? wait : Math.max(wait, bytes.take(moreBytes, now));
        }
    }

    /** One reading. Not safe for threads. */
    static final class Meter {
        private final @Nullable Rate rate;
        private long rows;
        private long bytes;

        private Meter(@Nullable Rate rate) {
            this.rate = rate;
        }

        /** Counts a row, and waits where the connection's limits ask for it. */
        void row(long length) {
            if (rate == null) {
                return;
            }
            rows++;
            bytes += length;
            if (rows >= STRIDE_ROWS || bytes >= STRIDE_BYTES) {
                pause(rate.take(rows, bytes));
                rows = 0;
                bytes = 0;
            }
        }

        private static void pause(long nanos) {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new GodwitException(
                        ErrorCode.SOURCE_INTERRUPTED, "reading was interrupted", "It is tried again.", interrupted);
            }
        }
    }
}
