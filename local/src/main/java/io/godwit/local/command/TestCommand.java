package io.godwit.local.command;

import io.godwit.core.question.SourceQuestions.ConnectionReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries a connection. */
@Command(name = "test", description = "Reach CONNECTION, log in, and say what it is.")
final class TestCommand extends ApiCommand {
    @Parameters(paramLabel = "CONNECTION", description = "a connection of the catalog, or of --file")
    String connection = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "apply this job file first")
    @Nullable
    String file;

    @Override
    int run(Session session) {
        Catalog.apply(session, file);
        ConnectionReport report =
                session.api().post("/connections/" + Api.word(connection) + "/test", null, ConnectionReport.class);
        session.console()
                .line(session.console().green("OK") + "  " + connection + "  " + report.product() + "  "
                        + report.millis() + " ms");
        report.notes().forEach(note -> session.console().line("  " + note));
        session.console().result(report);
        return 0;
    }
}
