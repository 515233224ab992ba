package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.RunId;
import io.godwit.local.report.RunReport;
import io.godwit.ops.RunView;

/** What became of a run that a command followed in another process, which has ended meanwhile. */
public final class OutcomeCommand extends ApiCommand {
    private final RunId run;

    public OutcomeCommand(ApiCommand follower, RunId run) {
        this.output = follower.output;
        this.run = run;
    }

    @Override
    int run(Session session) {
        RunView view = session.api().get("/runs/" + Api.word(run.value()), RunView.class);
        if (!view.state().isEnded()) {
            throw new GodwitException(
                    ErrorCode.FUNCTION_UNREACHABLE,
                    "the godwit that ran " + run + " has ended before it",
                    "godwit run with the job's file goes on with it.");
        }
        return RunReport.print(session.console(), view);
    }
}
