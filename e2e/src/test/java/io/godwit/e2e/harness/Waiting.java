package io.godwit.e2e.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process is still doing, up to a deadline, and then says what was not so. */
final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Waiting() {}

    /** Throws AssertionError where it does not hold. */
    @FunctionalInterface
    interface Assertion {
        void check() throws Exception;
    }

    /** Checks again and again until it holds. What it throws after the deadline is thrown. */
    static void until(Duration patience, Assertion assertion) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError | Exception e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
