package io.godwit.embedded;

import java.time.Duration;

/**
 * How long the latest start of a server took.
 *
 * @param unpack finding the programs in the cache, or unpacking them there
 * @param initialize making the files of a new server; zero where they were there
 * @param start from starting the process to its readiness, recovery after a crash included
 */
public record StartTimes(Duration unpack, Duration initialize, Duration start) {

    /** The whole. */
    public Duration total() {
        return unpack.plus(initialize).plus(start);
    }
}
