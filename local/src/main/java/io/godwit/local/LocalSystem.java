package io.godwit.local;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.embedded.FreePort;
import io.godwit.local.command.Api;
import io.godwit.local.command.ApiCommand;
import io.godwit.local.command.Needs;
import io.godwit.local.command.Session;
import io.godwit.local.home.Home;
import io.godwit.local.report.Console;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.channels.FileLock;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The whole system in this process for as long as one command needs it. Services and functions start at the same time;
 * the command begins when both are there.
 */
public final class LocalSystem implements QuarkusApplication {
    /** What the process was started for; Quarkus makes the application object itself. */
    private static @Nullable Task task;

    private final Lifecycle lifecycle;

    @Inject
    LocalSystem(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    private record Task(
            Home home, ApiCommand command, Console console, Services services, Home.Server server, FileLock lock) {}

    /**
     * Starts the system, runs the command, stops the system.
     *
     * @return the command's exit code
     */
    static int run(Home home, ApiCommand command, Console console) {
        Optional<FileLock> lock = home.lock();
        if (lock.isEmpty()) {
            throw new GodwitException(
                    ErrorCode.RUN_STATE_REFUSES,
                    "another godwit is starting or stopping in " + home.folder(""),
                    "Try again in a moment, or set GODWIT_HOME to another folder.");
        }
        String token = HexFormat.of().formatHex(new SecureRandom().generateSeed(24));
        // The lock is held until this process ends, whatever ends it.
        try (Services services = Services.start(home, command.needs() == Needs.EVERYTHING)) {
            int port = FreePort.find();
            Home.Server server = new Home.Server(
                    URI.create("http://127.0.0.1:" + port),
                    token,
                    ProcessHandle.current().pid());
            StoreLogin.of(services);
            Settings.set(home, server, services, command);
            task = new Task(home, command, console, services, server, lock.get());
            AtomicInteger exitCode = new AtomicInteger(1);
            Quarkus.run(LocalSystem.class, (code, failure) -> {
                exitCode.set(code);
                if (failure != null) {
                    console.note("Godwit could not start: " + rootOf(failure));
                }
            });
            return exitCode.get();
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public int run(String... args) {
        Task mine = java.util.Objects.requireNonNull(task);
        return Godwit.guarded(mine.console(), () -> {
            Session session = new Session(new Api(mine.server()), mine.console(), mine.home());
            lifecycle.begin(mine.services(), mine.command(), session);
            mine.home().announce(mine.server());
            try {
                int exitCode = mine.command().runWith(session);
                if (!mine.command().isServer()) { // it was told to end: its runs go on at the next start
                    lifecycle.linger(session, mine.command().needs());
                    lifecycle.end(mine.services());
                }
                return exitCode;
            } finally {
                mine.home().withdraw();
            }
        });
    }
}
