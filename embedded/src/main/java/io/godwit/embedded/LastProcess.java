package io.godwit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The last process that served a home, in a file there, so that the next one does not meet it. */
final class LastProcess {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    // The system counts starts from its own boot, whose time moves as the clock is set right.
    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(3);

    private final Path file;

    private LastProcess(Path file) {
        this.file = file;
    }

    static LastProcess in(ServerHome home, String name) {
        return new LastProcess(home.resolve(name + ".pid"));
    }

    void remember(ProcessHandle process) {
        try {
            Files.writeString(file, process.pid() + " " + started(process));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Ends it, if it still runs and is not another process under a number used again. */
    void end(String signal) {
        find().filter(Signals::isRunning).ifPresent(process -> {
            Signals.send(signal, process.pid());
            if (!Await.until(LIMIT, () -> !Signals.isRunning(process))) {
                process.destroyForcibly();
                Await.until(LIMIT, () -> !Signals.isRunning(process));
            }
        });
    }

    private Optional<ProcessHandle> find() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String[] words = Files.readString(file).split(" ", 2);
            Instant start = Instant.parse(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process ->
                            Duration.between(start, started(process)).abs().compareTo(CLOCK_DRIFT) < 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
