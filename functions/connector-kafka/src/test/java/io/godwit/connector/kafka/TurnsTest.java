package io.godwit.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration STILL = Duration.ofMillis(300);

    @Test
    void nextOneComesWhenTheFirstHasEnded() throws Exception {
        Turns.Turn first = Turns.take("ends", LONG, LONG);
        CompletableFuture<Turns.Turn> second = CompletableFuture.supplyAsync(() -> Turns.take("ends", LONG, LONG));
        assertThat(second).isNotDone();

        first.close();

        second.get(30, TimeUnit.SECONDS).close();
        assertThat(Turns.isTaken("ends")).isFalse();
    }

    @Test
    void whoMakesProgressIsWaitedFor() throws Exception {
        Turns.Turn first = Turns.take("works", STILL, LONG);
        CompletableFuture<Turns.Turn> second = CompletableFuture.supplyAsync(() -> Turns.take("works", STILL, LONG));
        for (int i = 0; i < 100; i++) {
            first.progress(false);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(second).isNotDone();

        first.close();

        second.get(30, TimeUnit.SECONDS).close();
    }

    @Test
    void whoStandsStillIsPassedAndWhenItWakesUpTakesNothingAway() {
        Turns.Turn first = Turns.take("hangs", STILL, LONG);

        Turns.Turn second = Turns.take("hangs", STILL, LONG);

        first.close();
        assertThat(Turns.isTaken("hangs")).isTrue();
        second.close();
        assertThat(Turns.isTaken("hangs")).isFalse();
    }

    @Test
    void waitingForTheEndOfOneThatStandsStillEnds() {
        try (Turns.Turn hangs = Turns.take("awaited", STILL, LONG)) {
            Turns.await("awaited", STILL, LONG);
            hangs.progress(false);
        }
    }
}
