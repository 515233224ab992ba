package io.godwit.embedded;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server of this process, on 127.0.0.1, that can be stopped or killed and started again as it was. */
public abstract sealed class EmbeddedServer implements AutoCloseable
        permits EmbeddedPostgres, EmbeddedKafka, EmbeddedMariaDb {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final ServerHome home;
    private final int port;
    private @Nullable ServerProcess process;
    private StartTimes startTimes = new StartTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    EmbeddedServer(String name, ServerHome home, int port) {
        this.name = name;
        this.home = home;
        this.port = port;
    }

    /** Finds or unpacks the programs. */
    abstract void unpack();

    /** Makes the server's files where there are none. */
    abstract void initialize();

    abstract ServerProcess launch();

    abstract boolean isReady(ServerProcess started);

    /** What ends the server in order. */
    abstract String stopSignal();

    /** Whether nothing is lost if a temporary server is killed instead of stopped. */
    abstract boolean mayBeKilled();

    /** Whatever is to be done after an end in order. */
    void stopped() {}

    /**
     * Starts a stopped or killed server again, on the same port and files; one that runs stays as it is.
     *
     * @throws IllegalStateException with the end of its log, if it ends or is not ready in two minutes
     */
    public void start() {
        if (isRunning()) {
            return;
        }
        Stopwatch watch = new Stopwatch();
        unpack();
        Duration unpack = watch.lap();
        LastProcess.in(home, name).end(stopSignal());
        initialize();
        Duration initialize = watch.lap();
        ServerProcess started = launch();
        started.awaitReady(START_LIMIT, () -> isReady(started));
        process = started;
        startTimes = new StartTimes(unpack, initialize, watch.lap());
    }

    /** Lets the server end in order: it writes everything out and parts from its clients. */
    public void stop() {
        if (process != null) {
            process.stop(stopSignal(), STOP_LIMIT);
            process = null;
            stopped();
        }
    }

    /** Kills the server and its children as a loss of power would; returns when none of its processes is left. */
    public void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Stops the server and lets go of its directory, which is deleted if it was temporary. */
    @Override
    public void close() {
        if (home.deleteAfter() != null && mayBeKilled()) {
            kill();
        } else {
            stop();
        }
        home.close();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /**
     * The server's process number.
     *
     * @throws IllegalStateException if it is stopped
     */
    public long pid() {
        if (process == null) {
            throw new IllegalStateException(getClass().getSimpleName() + " is stopped");
        }
        return process.pid();
    }

    /** Where its files and its log are. */
    public Path directory() {
        return home.path();
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** How long the latest start took. */
    public StartTimes startTimes() {
        return startTimes;
    }
}
