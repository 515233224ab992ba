package io.godwit.local.command;

import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;

/** Runs the system until it is told to stop. */
@Command(
        name = "up",
        description =
                "Run everything on this machine until interrupted: functions, schedules, API. Other commands use it.")
final class UpCommand extends ApiCommand {
    @Override
    public String onlyHere() {
        return "up starts the system of this machine";
    }

    @Override
    public Needs needs() {
        return Needs.EVERYTHING;
    }

    @Override
    public boolean isServer() {
        return true;
    }

    @Override
    int run(Session session) {
        session.home()
                .server()
                .ifPresent(server -> session.console()
                        .note("Godwit is up at " + server.url() + "  (token in "
                                + session.home().folder("server.json")
                                + "). Ctrl-C ends it; unfinished runs go on at the next start."));
        Quarkus.waitForExit();
        return 0;
    }
}
