package io.godwit.planner.subtask;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: doubling from {@code first} to {@code longest}, and of that a random part between
 * half and all, so that what failed together does not come back together.
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {

    /** The wait after the {@code tries}-th failure, from 1. */
    public Duration after(int tries) {
        long doubled = first.toMillis() << Math.min(Math.max(tries, 1) - 1, 20);
        long millis = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
