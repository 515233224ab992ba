package io.godwit.reader;

import java.util.concurrent.TimeUnit;

/**
 * So much per second, over all threads that take. Whoever takes goes into debt and waits until it is paid off, so that
 * a single take may be larger than what a second brings; what nobody took is kept for a tenth of a second at most.
 */
final class TokenBucket {
    private static final long SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final double perNano;
    /** The time, on the clock of {@link System#nanoTime}, at which everything taken so far is paid for. */
    private long paidAt;

    TokenBucket(double perSecond, long now) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException(perSecond + " per second");
        }
        this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
        this.paidAt = now;
    }

    /** Takes so much, and says how many nanoseconds to wait before going on; 0 or less: none. */
    synchronized long take(long amount, long now) {
        if (paidAt - (now - SAVED_NANOS) < 0) {
            paidAt = now - SAVED_NANOS;
        }
        paidAt += (long) (amount / perNano);
        return paidAt - now;
    }
}
