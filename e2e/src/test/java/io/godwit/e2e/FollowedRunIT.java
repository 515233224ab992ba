package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.Servers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows a run in another's process, which ends as soon as the run does, learns how it ended. */
class FollowedRunIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @Test
    void followerLearnsHowItEnded() throws Exception {
        try (Servers servers = new Servers()) {
            Servers.create(servers.left(), "source", """
                    create table rows (id integer primary key, what text);
                    insert into rows select i, repeat('x', i % 200) from generate_series(1, 40000) i;
                    analyze;""");
            Servers.create(servers.right(), "target", "");
            Path job = Files.writeString(
                    home.resolve("job.yaml"),
                    servers.document("source", "source").replace("---\n", "limits: { rowsPerSecond: 4000 }\n---\n")
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

            for (GodwitProcess each : List.of(owner, watching)) {
                Result result = each.await(120);
                assertThat(result.exitCode()).as(result.toString()).isZero();
                assertThat(result.out()).contains("OK  1 table  40000 rows");
            }
        }
    }

    /** The id of the run, once there is one: asked of the process that runs it. */
    private static String awaitRun(GodwitProcess owner) throws Exception {
        ObjectMapper json = new ObjectMapper();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (System.nanoTime() < deadline && owner.process().isAlive()) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            if (Files.exists(home.resolve("server.json"))) {
                JsonNode server = json.readTree(home.resolve("server.json").toFile());
                HttpRequest question = HttpRequest.newBuilder(
                                URI.create(server.path("url").asText() + "/api/runs"))
                        .header(
                                "Authorization",
                                "Bearer " + server.path("token").asText())
                        .build();
                String answer = http.send(question, HttpResponse.BodyHandlers.ofString())
                        .body();
                JsonNode latest = json.readTree(answer).path(0);
                if (latest.has("run")) {
                    return latest.get("run").asText();
                }
            }
        }
        throw new AssertionError("no run: " + owner.await(1));
    }
}
