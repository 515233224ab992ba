package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.port.Probe.Step;
import io.godwit.e2e.harness.FaultRun;
import io.godwit.e2e.harness.FaultTarget;
import io.godwit.e2e.harness.Servers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Functions, broker and servers are broken off, stopped, killed; events doubled, delayed, reordered, lost; records
 * deleted. After each run source and target hold the same rows, or the run says FAILED and why.
 *
 * <p>{@code -Dgodwit.faults.seeds=N} runs N seeds of each kind instead of one; {@code -Dgodwit.faults.from=S} begins at
 * seed S.
 */
class FaultsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path homes;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    private static long injections;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers();
        FaultRun.fill(servers);
    }

    @AfterAll
    static void stop() {
        servers.close();
        System.out.println(injections + " faults were injected");
    }

    static LongStream seeds() {
        long from = Long.getLong("godwit.faults.from", 1);
        return LongStream.range(from, from + Long.getLong("godwit.faults.seeds", 1));
    }

    /**
     * Functions die, stand still beyond their lease and go on, or stand still for ever: at every step, 24 times a run.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void functionsInterruptedAtEveryStep(long seed) throws Exception {
        List<String> interruptions = new ArrayList<>();
        Random random = new Random(seed);
        List<String> actions = new ArrayList<>(List.of("die", "stall:4000", "die", "hang"));
        for (Step step : Step.values()) {
            Collections.shuffle(actions, random);
            interruptions.add(step + ":" + (1 + random.nextInt(8)) + ":" + actions.get(0));
            interruptions.add(step + ":" + (10 + random.nextInt(15)) + ":" + actions.get(1));
        }
        try (FaultRun run = FaultRun.start(
                servers,
                homes.resolve("steps" + seed),
                "godwit.local.interruptions=" + String.join(",", interruptions))) {
            run.await();
            run.isExact();
            assertThat(run.interruptions()).as("interruptions that happened").isGreaterThanOrEqualTo(20);
            injections += run.interruptions();
        }
    }

    /** The whole process ends at a step, as by kill -9, and the same command goes on. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theProcessIsKilledAtASeededStepAndContinues(long seed) throws Exception {
        Random random = new Random(seed);
        Path home = homes.resolve("halt" + seed);
        int deaths = 0;
        for (int i = 0; i < 2; i++) {
            Step step = List.of(Step.values()).get(random.nextInt(Step.values().length));
            String interruption = step + ":" + (3 + random.nextInt(12)) + ":halt";
            deaths += FaultRun.startAndDie(
                            servers,
                            FaultTarget.postgresql(servers),
                            home,
                            "godwit.local.interruptions=" + interruption)
                    ? 1
                    : 0;
        }
        try (FaultRun run = FaultRun.start(servers, home)) {
            run.await();
            run.isExact();
            assertThat(deaths).as("deaths").isPositive();
            injections += deaths;
        }
    }

    /** Source, target, control store and Kafka are killed with -9 in mid-run and come back. */
    @ParameterizedTest
    @MethodSource("seeds")
    void serversKilledInMidRun(long seed) throws Exception {
        Random random = new Random(seed);
        try (FaultRun run =
                FaultRun.start(servers, homes.resolve("servers" + seed), "godwit.local.event-faults=" + seed + ":0")) {
            List<String> victims = new ArrayList<>(List.of("source", "target", "kafka", "store", "target", "source"));
            Collections.shuffle(victims, random);
            for (String victim : victims) {
                run.awaitSubtasks(1 + random.nextInt(4));
                injections += run.isUnderWay() ? 1 : 0;
                run.kill(victim);
            }
            run.await();
            run.isExact();
        }
    }

    /** A third of all events is doubled, delayed, overtaken or lost. */
    @ParameterizedTest
    @MethodSource("seeds")
    void eventsDoubledDelayedReorderedAndLost(long seed) throws Exception {
        try (FaultRun run =
                FaultRun.start(servers, homes.resolve("events" + seed), "godwit.local.event-faults=" + seed + ":33")) {
            run.await();
            run.isExact();
            assertThat(run.distortedEvents()).as("events harmed").isGreaterThanOrEqualTo(20);
            injections += run.distortedEvents();
        }
    }

    /** All records of the exchange are deleted, again and again, written or not. */
    @Test
    void recordsDeletedBeforeTheyAreWritten() throws Exception {
        try (FaultRun run = FaultRun.start(servers, homes.resolve("records"))) {
            for (int i = 0; i < 5; i++) {
                run.awaitSubtasks(2);
                injections += run.isUnderWay() ? 1 : 0;
                run.deleteRecords();
            }
            run.await();
            run.isExact();
        }
    }

    /** Cancelled in mid-flight: what is there is what the ledger says, and a stale event changes nothing. */
    @Test
    void cancelledInMidFlightThenStaleEventsArrive() throws Exception {
        try (FaultRun run = FaultRun.start(servers, homes.resolve("cancel"))) {
            run.awaitSubtasks(3);
            run.cancel();
            run.holdsWhatTheLedgerSays();
            run.replayWriteEvents();
            run.holdsWhatTheLedgerSays();
        }
    }
}
