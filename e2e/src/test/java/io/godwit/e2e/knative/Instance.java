package io.godwit.e2e.knative;

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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A packaged function as a child process, as a pod would run it. */
final class Instance {
    private static final Duration START = Duration.ofSeconds(90);
    /** Exit codes after SIGTERM: 143 says that it ended by that, after its hooks ran. */
    static final Set<Integer> ENDED_IN_ORDER = Set.of(0, 143);

    private final Process process;
    private final URI url;
    private final Path log;

    private Instance(Process process, URI url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    /** Starts {@code function} as it is packaged. It may not be ready yet. */
    static Instance start(
            Packaging packaging, String function, int port, Map<String, String> environment, Path folder) {
        try {
            Path log = Files.createTempFile(folder, function + "-", ".log");
            ProcessBuilder builder =
                    packaging.process(function).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GODWIT_") || name.startsWith("QUARKUS_"));
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().putAll(environment);
            return new Instance(builder.start(), URI.create("http://127.0.0.1:" + port), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitReady(HttpClient http) {
        long deadline = System.nanoTime() + START.toNanos();
        HttpRequest ready = HttpRequest.newBuilder(url.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new IllegalStateException(this + " is not ready");
    }

    int await(Duration most) throws InterruptedException {
        if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not ended after " + most + ": " + this);
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        try {
            String text = Files.readString(log);
            return log.getFileName() + ":\n" + text.substring(Math.max(0, text.length() - 4000));
        } catch (IOException e) {
            return log.toString();
        }
    }
}
