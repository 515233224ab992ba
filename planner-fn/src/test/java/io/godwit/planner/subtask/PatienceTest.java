package io.godwit.planner.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final Leases leases = new Leases(Duration.ofSeconds(60), 1 << 20, Duration.ofMinutes(10));

    @Test
    void leaseGrowsWithTheBytesToMove() {
        assertThat(leases.of(0, 1)).isEqualTo(Duration.ofSeconds(60));
        assertThat(leases.of(100 << 20, 1)).isBetween(Duration.ofSeconds(159), Duration.ofSeconds(161));
        assertThat(leases.of(-1, 1)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void leaseDoublesWithEachDispatchUpToTheCeiling() {
        assertThat(leases.of(0, 2)).isEqualTo(Duration.ofMinutes(2));
        assertThat(leases.of(0, 4)).isEqualTo(Duration.ofMinutes(8));
        assertThat(leases.of(0, 5)).isEqualTo(Duration.ofMinutes(10));
        assertThat(leases.of(Long.MAX_VALUE, 1_000)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void backoffDoublesAndStaysBelowTheLongest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(3));
        for (int tries = 1; tries < 200; tries++) {
            long top = Math.min(30_000, 1_000L << Math.min(tries - 1, 20));
            assertThat(backoff.after(tries)).isBetween(Duration.ofMillis(top / 2), Duration.ofMillis(top));
        }
    }
}
