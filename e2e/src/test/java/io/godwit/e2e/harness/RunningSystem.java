package io.godwit.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** {@code godwit up} as a child process, and its API. */
public final class RunningSystem implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GodwitProcess process;
    private final URI url;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningSystem(GodwitProcess process, JsonNode server) {
        this.process = process;
        this.url = URI.create(server.get("url").asText());
        this.token = server.get("token").asText();
    }

    /** Starts it, and waits until it answers. Settings are {@code name=value}. */
    public static RunningSystem up(Path home, String... settings) {
        GodwitProcess process = GodwitProcess.start(home, java.util.List.of(settings), "up");
        return new RunningSystem(process, awaitAnnounced(process, home));
    }

    /**
     * Waits until a process serves a home.
     *
     * @return its address, token and process id
     * @throws NotUp where it ends before
     */
    public static JsonNode awaitAnnounced(GodwitProcess process, Path home) {
        Path server = home.resolve("server.json");
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < deadline && process.process().isAlive()) {
            try {
                if (Files.exists(server)) {
                    JsonNode announced = JSON.readTree(server.toFile());
                    if (announced.get("pid").asLong() == process.process().pid()) {
                        return announced;
                    }
                }
            } catch (IOException notYet) {
                // Being written.
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new NotUp(process.await(1));
    }

    /** It ended before it answered. */
    public static final class NotUp extends AssertionError {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        NotUp(GodwitProcess.Result result) {
            super("it ended before it served: " + result);
            exitCode = result.exitCode();
        }

        public int exitCode() {
            return exitCode;
        }
    }

    /** Sends a request to the API, or to any path of it; the body is JSON, null for none. */
    public HttpResponse<String> send(
            String method, String path, @org.jspecify.annotations.Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public GodwitProcess process() {
        return process;
    }

    public URI url() {
        return url;
    }

    /** Ends it as Ctrl-C does, or by force if it does not end. */
    @Override
    public void close() {
        process.process().destroy();
        try {
            if (!process.process().waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
                process.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
