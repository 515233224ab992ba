package io.godwit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A running server with its children, tied to this process. */
final class ServerProcess {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);
    private static final int LOG_TAIL_BYTES = 2_000;

    private final String name;
    private final Process process;
    private final CompletableFuture<Void> end;
    private final Path log;

    private ServerProcess(String name, Process process, Leash leash, Path log) {
        this.name = name;
        this.process = process;
        this.end = process.onExit().thenRun(leash::release);
        this.log = log;
    }

    /**
     * Starts a server whose output goes to {@code NAME.log} in its home.
     *
     * @param signal what ends it in order
     * @throws UncheckedIOException if the program cannot be run
     */
    static ServerProcess start(String name, List<String> command, ServerHome home, String signal) {
        Path log = home.resolve(name + ".log");
        List<String> detached = outOfReachOfTheTerminal();
        detached.addAll(command);
        try {
            Process process = new ProcessBuilder(detached)
                    .directory(home.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Leash leash = Leash.of(process.pid(), signal, home.deleteAfter());
            LastProcess.in(home, name).remember(process.toHandle());
            return new ServerProcess(name, process, leash, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command.get(0), e);
        }
    }

    // Each runs the program in its own stead, so that the process number stays. PostgreSQL minds only the first.
    private static List<String> outOfReachOfTheTerminal() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(setsid -> new ArrayList<>(List.of(setsid.toString())))
                .orElseGet(() -> new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh")));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the server is ready; kills it if it is not in time.
     *
     * @throws IllegalStateException with the end of its log, if it ended or is late
     */
    void awaitReady(Duration limit, BooleanSupplier ready) {
        boolean inTime = Await.until(limit, () -> ready.getAsBoolean() || !process.isAlive());
        if (inTime && process.isAlive()) {
            return;
        }
        String what =
                inTime ? "ended with code " + process.exitValue() : "was not ready in " + limit.toSeconds() + " s";
        kill();
        throw new IllegalStateException(name + " " + what + "; the end of " + log + ":\n" + logTail());
    }

    /** Sends the signal and waits for the end; kills it after the limit. */
    void stop(String signal, Duration limit) {
        Signals.send(signal, process.pid());
        if (!awaitExit(limit)) {
            kill();
        }
    }

    /** Kills the server and its children at once, as a loss of power would, and waits until none is left. */
    void kill() {
        if (!process.isAlive()) {
            return;
        }
        // Stopped first: it could fork another child while we look for them.
        Signals.send("STOP", process.pid());
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        if (!awaitExit(KILL_LIMIT)
                || !Await.until(KILL_LIMIT, () -> all.stream().noneMatch(Signals::isRunning))) {
            throw new IllegalStateException(name + ", process " + process.pid() + ", does not die");
        }
    }

    private boolean awaitExit(Duration limit) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot watch " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was to end", e);
        }
    }

    private String logTail() {
        try {
            byte[] bytes = Files.readAllBytes(log);
            int from = Math.max(0, bytes.length - LOG_TAIL_BYTES);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
