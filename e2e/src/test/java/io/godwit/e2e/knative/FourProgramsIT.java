package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.event.Event;
import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.Scenario;
import io.godwit.e2e.harness.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entire database over two pools, from no process at all to none, with instances ended and killed in between. */
class FourProgramsIT {
    private static final int KILLS = 4;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Test
    void databaseIsMovedFromZeroAndBackToZero() throws Exception {
        moveDatabase(Packaging.JVM, folder);
    }

    static void moveDatabase(Packaging packaging, Path folder) throws Exception {
        Scenario scenario = new Scenario(Path.of("scenarios", "entire-database"));
        try (Servers servers = new Servers();
                Cluster cluster = new Cluster(packaging, folder, 7, Duration.ofSeconds(8));
                TopicTap topics = cluster.tap(TopicTap.OF_A_ROW);
                MidSubtask reading = new MidSubtask(cluster, Event.Type.SUBTASK_READ, servers.of("source"), "source");
                MidSubtask writing =
                        new MidSubtask(cluster, Event.Type.SUBTASK_WRITE, servers.of("target"), "target")) {
            Path job = scenario.prepare(servers, folder).get(0);
            cluster.sealsTheExchange();
            assertThat(cluster.migrate()).isZero();
            assertThat(cluster.running()).isZero();

            String text =
                    Files.readString(job).replace("kind: Connection\n", "kind: Connection\npools: [default, far]\n");
            assertThat(text).contains("pools:");
            Files.writeString(job, text);
            RemoteCommand command = new RemoteCommand(cluster, folder);
            command.isRefusedWithoutTheRole(job);
            assertThat(command.as("admin", "apply", job.toString()).exitCode()).isZero();
            // It follows the run to its end, whichever instance of ops is killed meanwhile.
            GodwitProcess following = command.start("operator", "run", "--job", "entire-database");
            cluster.await(DEADLINE, () -> cluster.get("/api/runs").has(0));
            String run = "/api/runs/" + cluster.get("/api/runs").at("/0/run").asText();
            for (MidSubtask each : List.of(reading, writing)) {
                cluster.await(DEADLINE, () -> {
                    cluster.tick();
                    return each.endsInOrder();
                });
            }
            Random random = new Random(7);
            int[] killed = {0};
            cluster.await(DEADLINE, () -> {
                cluster.tick();
                if (killed[0] < KILLS && cluster.killOne(random)) {
                    killed[0]++;
                }
                JsonNode view = cluster.get(run);
                String state = view.path("state").asText();
                assertThat(state).as(view + "\n" + cluster).isNotIn("FAILED", "CANCELLED");
                return state.equals("COMPLETED") && view.path("factsMissing").asLong() == 0;
            });

            for (Scenario.Sides side : scenario.sides(servers)) {
                assertThat(side.actual()).as(side.query()).isEqualTo(side.expected());
            }
            assertThat(topics.subtasks()).isNotEmpty();
            assertThat(topics.holding()).as("records that can be read").isEmpty();
            assertThat(killed[0]).isEqualTo(KILLS);
            for (String pool : Cluster.POOLS) {
                assertThat(cluster.of("reader-" + pool).started())
                        .as("readers of " + pool)
                        .isPositive();
                assertThat(cluster.of("writer-" + pool).started())
                        .as("writers of " + pool)
                        .isPositive();
            }
            GodwitProcess.Result followed = following.await(60);
            assertThat(followed.exitCode()).as(followed.toString()).isZero();
            assertThat(followed.out()).contains("OK");
            assertThat(cluster.issuer().asked()).isPositive();
            command.looksAt(run);
            cluster.await(
                    DEADLINE, () -> cluster.running() == 0 && cluster.broker().underWay() == 0);
            assertThat(cluster.broker().deadLetters()).isEmpty();
            assertThat(cluster.unclean()).as(cluster.toString()).isZero();
        }
    }
}
