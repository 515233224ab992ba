package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Scenario;
import io.godwit.e2e.harness.Servers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario runs from its job file by the packaged command, and ends with the same rows on both sides. */
class ScenariosIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    /** The command finds it in its home, and gives it the work. */
    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    @BeforeAll
    static void start() {
        servers = new Servers();
        system = RunningSystem.up(home);
    }

    @AfterAll
    static void stop() {
        system.close();
        servers.close();
    }

    static Stream<Scenario> scenarios() {
        return Scenario.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsWithTheSameRowsOnBothSides(Scenario scenario) throws Exception {
        List<Path> jobs = scenario.prepare(servers, home);

        for (Path job : jobs) {
            succeeds(run(job, "2026-11-22T02:00:00Z"));
        }
        String later = scenario.later();
        if (later != null) {
            Servers.execute(servers.of("source"), "source", later);
            for (Path job : jobs) {
                succeeds(run(job, "2026-11-22T03:00:00Z"));
            }
        }

        List<Scenario.Sides> sides = scenario.sides(servers);
        assertThat(sides).isNotEmpty();
        for (Scenario.Sides side : sides) {
            assertThat(side.actual()).as(side.query()).isEqualTo(side.expected());
        }
    }

    private static Result run(Path job, String planTime) {
        return GodwitProcess.run(home, "run", job.toString(), "--plan-time", planTime);
    }

    private static void succeeds(Result result) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).contains("OK  ");
    }
}
