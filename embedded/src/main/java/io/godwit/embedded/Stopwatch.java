package io.godwit.embedded;

import java.time.Duration;

/** Times one phase after another. */
final class Stopwatch {

    private long from = System.nanoTime();

    /** The time since the last lap, or since the start. */
    Duration lap() {
        long now = System.nanoTime();
        Duration lap = Duration.ofNanos(now - from);
        from = now;
        return lap;
    }
}
