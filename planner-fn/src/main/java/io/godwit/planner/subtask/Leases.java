package io.godwit.planner.subtask;

import java.time.Duration;

/**
 * How long a function may be silent about a subtask. Sized by what is to be moved, doubled with every dispatch: a
 * subtask that is merely slow gets the time that it needs.
 *
 * @param floor what anything may take
 * @param bytesPerSecond the slowest pace that is taken for progress
 * @param ceiling what nothing may take
 */
public record Leases(Duration floor, long bytesPerSecond, Duration ceiling) {

    /**
     * @param bytes to be moved, -1 where unknown
     * @param dispatch the how-manieth it is, from 1
     */
    public Duration of(long bytes, int dispatch) {
        long millis = floor.toMillis() + Math.max(bytes, 0) / Math.max(bytesPerSecond / 1000, 1);
        long doubled = millis << Math.min(Math.max(dispatch, 1) - 1, 10);
        return Duration.ofMillis(Math.min(doubled, ceiling.toMillis()));
    }
}
