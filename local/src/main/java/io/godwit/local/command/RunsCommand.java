package io.godwit.local.command;

import com.fasterxml.jackson.core.type.TypeReference;
import io.godwit.local.report.TextTable;
import io.godwit.ops.RunView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs, the latest first. */
@Command(name = "runs", description = "List runs, the latest first.")
final class RunsCommand extends ApiCommand {
    @Option(names = "--job", description = "of this job only")
    @Nullable
    String job;

    @Option(names = "--limit", description = "how many (default 20)")
    int limit = 20;

    @Override
    int run(Session session) {
        String query = "/runs?limit=" + limit + (job == null ? "" : "&job=" + Api.word(job));
        List<RunView> runs = session.api().get(query, new TypeReference<List<RunView>>() {});
        TextTable table = new TextTable("run", "state", ">rows", ">subtasks", "begun", "what went wrong");
        for (RunView run : runs) {
            table.row(
                    run.run().value(),
                    run.state().name(),
                    String.format(Locale.ROOT, "%,d", run.total().written().rows()),
                    run.total().subtasksWritten() + "/" + run.total().subtasks(),
                    run.firstAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    run.error() == null ? "" : run.error().code().name());
        }
        if (runs.isEmpty()) {
            session.console().line("No runs yet. godwit run FILE makes one.");
        } else {
            table.lines().forEach(session.console()::line);
        }
        session.console().result(runs);
        return 0;
    }
}
