package io.godwit.local.command;

import io.godwit.core.run.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that asks a server: one that runs here already, or one that is started for it. */
public abstract class ApiCommand {
    @Mixin
    OutputOptions output = new OutputOptions();

    private @Nullable RunId followed;

    /** Whether results are printed as JSON. */
    public boolean json() {
        return output.json();
    }

    /** What must run for it. */
    public Needs needs() {
        return Needs.FUNCTIONS;
    }

    /** Whether it is the server that other commands use. */
    public boolean isServer() {
        return false;
    }

    /** Why it cannot be asked of a server elsewhere; empty where it can. */
    public String onlyHere() {
        return "";
    }

    /** Settings, by name, of the system that is started for it. */
    public java.util.Map<String, String> settings() {
        return java.util.Map.of();
    }

    /** The run that it follows. */
    public Optional<RunId> followed() {
        return Optional.ofNullable(followed);
    }

    /** Follows a run until it ends, and reports. */
    int follow(Session session, RunId run) {
        followed = run;
        return new Watcher(session).watch(run);
    }

    /**
     * Does its work.
     *
     * @return the exit code
     */
    abstract int run(Session session);

    /** Does its work with a server. */
    public final int runWith(Session session) {
        return run(session);
    }
}
