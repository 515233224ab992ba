package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.port.Probe.Step;
import io.godwit.e2e.harness.FaultRun;
import io.godwit.e2e.harness.FaultTarget;
import io.godwit.e2e.harness.Servers;
import io.godwit.e2e.harness.WrittenCollections;
import io.godwit.e2e.harness.WrittenIndices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link FaultsIT} does to PostgreSQL's tables, for each other kind of target, all at once: functions that die,
 * stand still beyond their lease, or for ever; a process that is killed and continued; servers killed; events doubled,
 * delayed, lost; batches sealed. {@code -Dgodwit.faults.from=S} takes another seed, {@code -Dgodwit.faults.kinds=x,y}
 * only some kinds.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class SinkFaultsIT {
    private static final List<String> KINDS =
            List.of("mariadb", "sqlite", "parquet", "s3", "sftp", "kafka", "mongodb", "opensearch");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path homes;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers();
        FaultRun.fill(servers);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    private static FaultTarget target(String kind, Path home) {
        return switch (kind) {
            case "mariadb" -> FaultTarget.mariaDb(servers);
            case "parquet" -> FaultTarget.parquet(home.resolveSibling(home.getFileName() + "-files"));
            case "sqlite" ->
                FaultTarget.sqlite(
                        home.resolveSibling(home.getFileName() + "-files").resolve("target.db"));
            case "file" -> FaultTarget.folder(home.resolveSibling(home.getFileName() + "-files"));
            case "mongodb" -> new WrittenCollections();
            case "kafka" -> FaultTarget.topics();
            case "sftp" -> FaultTarget.sftp();
            case "opensearch" -> new WrittenIndices();
            default -> FaultTarget.bucket();
        };
    }

    static Stream<String> kinds() {
        String some = System.getProperty("godwit.faults.kinds", "");
        return KINDS.stream()
                .filter(kind -> some.isEmpty() || List.of(some.split(",")).contains(kind));
    }

    /** Kinds are harmed at the same time: most of it is waiting for leases to lapse. */
    @Nested
    @Order(1)
    class Broken {
        @ParameterizedTest
        @Execution(ExecutionMode.CONCURRENT)
        @MethodSource("io.godwit.e2e.SinkFaultsIT#kinds")
        void rowsAreThereOnceWhateverIsBrokenOff(String kind) throws Exception {
            Random random = new Random(Long.getLong("godwit.faults.from", 1));
            Path home = homes.resolve(kind);
            FaultTarget target = target(kind, home);
            Step last = List.of(Step.values()).get(random.nextInt(Step.values().length));
            boolean died = FaultRun.startAndDie(
                    servers,
                    target,
                    home,
                    "godwit.planner.exchange.sealed=true",
                    "godwit.local.interruptions=" + last + ":" + (5 + random.nextInt(12)) + ":halt");

            List<String> interruptions = new ArrayList<>();
            List<String> actions = new ArrayList<>(List.of("die", "stall:4000", "die", "hang"));
            for (Step step : Step.values()) {
                Collections.shuffle(actions, random);
                interruptions.add(step + ":" + (1 + random.nextInt(6)) + ":" + actions.get(0));
            }
            List<String> victims = new ArrayList<>(List.of("target", "kafka", "store"));
            Collections.shuffle(victims, random);
            try (FaultRun run = FaultRun.start(
                    servers,
                    target,
                    home,
                    "godwit.local.interruptions=" + String.join(",", interruptions),
                    "godwit.planner.exchange.sealed=true",
                    "godwit.local.event-faults=7:20")) {
                for (String victim : victims) {
                    run.awaitSubtasks(2);
                    run.kill(victim);
                }
                run.await();
                run.isExact();
                assertThat(run.interruptions() + run.distortedEvents() + (died ? 1 : 0))
                        .as("faults that happened")
                        .isGreaterThanOrEqualTo(20);
            }
        }
    }

    /** After those, which kill servers that are shared. */
    @Nested
    @Order(2)
    class Cancelled {
        @ParameterizedTest
        @Execution(ExecutionMode.CONCURRENT)
        @MethodSource("io.godwit.e2e.SinkFaultsIT#kinds")
        void cancelledRunLeavesNothingHalf(String kind) throws Exception {
            Path home = homes.resolve(kind + "-cancel");
            try (FaultRun run = FaultRun.start(servers, target(kind, home), home)) {
                run.awaitSubtasks(3);
                run.cancel();
                run.holdsWhatTheLedgerSays();
                run.replayWriteEvents();
                run.holdsWhatTheLedgerSays();
            }
        }
    }
}
