package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged command, asking the cluster's operations centre. */
final class RemoteCommand {
    private final Cluster cluster;
    private final Path home;
    private final Path tokens;

    RemoteCommand(Cluster cluster, Path folder) throws IOException {
        this.cluster = cluster;
        this.tokens = folder;
        this.home = Files.createDirectory(folder.resolve("home"));
    }

    /** With the token in a file. */
    GodwitProcess start(String role, String... words) throws IOException {
        Path token = Files.writeString(
                tokens.resolve(role + ".token"), cluster.issuer().token(role));
        List<String> all = new ArrayList<>(
                List.of("--server", cluster.of("ops").url().toString(), "--token-file", token.toString()));
        all.addAll(List.of(words));
        return GodwitProcess.start(home, List.of(), all.toArray(String[]::new));
    }

    Result as(String role, String... words) throws IOException {
        return start(role, words).await(90);
    }

    /** With the token, and the server, in the environment. */
    private Result with(String token, String... words) {
        return GodwitProcess.start(
                        home,
                        List.of(),
                        Map.of("GODWIT_SERVER", cluster.of("ops").url().toString(), "GODWIT_TOKEN", token),
                        words)
                .await(90);
    }

    void isRefusedWithoutTheRole(Path job) throws IOException {
        assertRefused(as("viewer", "apply", job.toString()), "FORBIDDEN");
        assertRefused(as("operator", "plan", job.toString()), "FORBIDDEN");
        assertRefused(with(cluster.issuer().token("admin", Duration.ofMinutes(-2)), "jobs"), "UNAUTHENTICATED");
        assertRefused(with("not.a.token", "jobs"), "UNAUTHENTICATED");
        assertRefused(with("", "jobs"), "UNAUTHENTICATED");
        Result jobs = with(cluster.issuer().token("viewer"), "jobs");
        assertThat(jobs.exitCode()).as(jobs.toString()).isZero();
        assertThat(jobs.out()).contains("No jobs yet");
    }

    void looksAt(String path) throws IOException {
        String run = path.substring(path.lastIndexOf('/') + 1);
        Result status = as("viewer", "status", run);
        assertThat(status.exitCode()).as(status.toString()).isZero();
        assertThat(status.out()).contains("0 differences");
        assertRefused(as("viewer", "retry", run), "FORBIDDEN");
        // Nothing of a system was started or left here.
        try (var left = Files.list(home)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.startsWith("out") || name.startsWith("err"));
        }
    }

    private static void assertRefused(Result result, String code) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err()).contains(code);
    }
}
