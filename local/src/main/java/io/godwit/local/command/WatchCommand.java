package io.godwit.local.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows a run until it ends. */
@Command(name = "watch", description = "Follow RUN until it ends; the exit code is the run's.")
final class WatchCommand extends ApiCommand {
    @Parameters(paramLabel = "RUN", description = "a run's id, as godwit runs lists it")
    String run = "";

    @Override
    public Needs needs() {
        return Needs.EVERYTHING;
    }

    @Override
    int run(Session session) {
        return follow(session, Inputs.run(run));
    }
}
