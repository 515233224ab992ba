package io.godwit.local.command;

import io.godwit.local.report.RunReport;
import io.godwit.ops.RunView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows where a run stands. */
@Command(name = "status", description = "Show where RUN stands, table by table.")
final class StatusCommand extends ApiCommand {
    @Parameters(paramLabel = "RUN", description = "a run's id, as godwit runs lists it")
    String run = "";

    @Override
    int run(Session session) {
        RunView view = session.api().get("/runs/" + Api.word(Inputs.run(run).value()), RunView.class);
        int exitCode = RunReport.print(session.console(), view);
        return view.state().isEnded() ? exitCode : 0;
    }
}
