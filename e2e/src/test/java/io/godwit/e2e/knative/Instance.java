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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A packaged function as a child process, as a pod would run it. */
final class Instance {
    private static final Duration START = Duration.ofSeconds(90);

    private final Process process;
    private final URI url;
    private final Path log;

    private Instance(Process process, URI url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    /** Starts a function. It may not be ready yet. */
    static Instance start(
            Packaging packaging, String function, int port, Map<String, String> environment, Path folder) {
        List<String> command = packaging
                .command(function)
                .orElseThrow(() -> new IllegalStateException(
                        function + " is not packaged: run the tests with mvn verify from the top"));
        try {
            Path log = Files.createTempFile(folder, function + "-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
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

    long pid() {
        return process.pid();
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
