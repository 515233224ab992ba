package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.run.RunId;
import io.godwit.ops.RunView;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pauses, resumes, cancels or retries a run: one class, four words. */
@Command
abstract class ControlCommand extends ApiCommand {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "a run's id, as godwit runs lists it")
    String run = "";

    @Override
    int run(Session session) {
        session.console().result(control(session));
        return 0;
    }

    final Started control(Session session) {
        String path = "/runs/" + Api.word(Inputs.run(run).value()) + "/" + spec.name();
        Started answer = session.api().post(path, null, Started.class);
        session.console().line(answer.run() + "  " + answer.state().name().toLowerCase(Locale.ROOT));
        return answer;
    }

    /** Dispatches nothing new; what is under way ends. */
    @Command(name = "pause", description = "Dispatch nothing new of RUN; what is under way ends.")
    static final class Pause extends ControlCommand {}

    /** Goes on with a paused run. */
    @Command(name = "resume", description = "Go on with RUN after a pause, and follow it.")
    static final class Resume extends Followed {}

    /** Ends a run; its sinks refuse whatever still arrives. */
    @Command(name = "cancel", description = "End RUN; its sinks refuse whatever still arrives.")
    static final class Cancel extends ControlCommand {}

    /** Tries again what failed, keeping what is written, and follows the run. */
    @Command(name = "retry", description = "Try again what failed of RUN, keeping what is written, and follow it.")
    static final class Retry extends Followed {}

    /** Sets a run going, and follows it: the system may have been started for this command alone. */
    @Command
    abstract static class Followed extends ControlCommand {
        @Override
        public Needs needs() {
            return Needs.EVERYTHING;
        }

        @Override
        int run(Session session) {
            RunId id = Inputs.run(run);
            Watcher watcher = new Watcher(session);
            RunView before = watcher.look(id);
            control(session);
            return watcher.watch(id, before == null ? null : before.endedAt());
        }
    }
}
