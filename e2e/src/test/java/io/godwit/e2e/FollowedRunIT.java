package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two who follow a run in another's process, which ends as soon as the run does, learn how it ended. */
class FollowedRunIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @Test
    void followersLearnHowItEnded() throws Exception {
        try (Servers servers = new Servers()) {
            Servers.create(servers.left(), "source", """
                    create table rows (id integer primary key, what text);
                    insert into rows select i, repeat('x', i % 200) from generate_series(1, 40000) i;
                    analyze;""");
            Servers.create(servers.right(), "target", "");
            Path job = Files.writeString(
                    home.resolve("job.yaml"),
                    servers.document("source", "source").replace("---\n", "limits: { rowsPerSecond: 8000 }\n---\n")
                            + servers.document("target", "target") + """
                            kind: Job
                            name: followed
                            steps:
                              - name: copy
                                migrate:
                                  from: { connection: source, tables: [public.rows] }
                                  to: { connection: target, table: public.rows }
                                  splitSize: 256KiB
                            """);
            GodwitProcess owner = GodwitProcess.start(home, List.of(), "run", job.toString());
            String run = awaitRun(owner);
            GodwitProcess watching = GodwitProcess.start(home, List.of(), "watch", run);
            GodwitProcess running = GodwitProcess.start(home, List.of(), "run", job.toString());

            for (GodwitProcess each : List.of(owner, watching, running)) {
                Result result = each.await(120);
                assertThat(result.exitCode()).as(result.toString()).isZero();
                assertThat(result.out()).contains("OK  1 table  40000 rows");
            }
        }
    }

    /** The id of the run, once there is one: asked of the process that runs it. */
    private static String awaitRun(GodwitProcess owner) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (System.nanoTime() < deadline && owner.process().isAlive()) {
            if (Files.exists(home.resolve("server.json"))) {
                Result runs = GodwitProcess.run(home, "runs", "-o", "json");
                JsonNode latest = new ObjectMapper().readTree(runs.out()).path(0);
                if (latest.has("run")) {
                    return latest.get("run").asText();
                }
            }
            Thread.sleep(200);
        }
        throw new AssertionError("no run: " + owner.await(1));
    }
}
