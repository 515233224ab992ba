package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.Applied;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps a file's connections and jobs in the catalog. */
@Command(
        name = "apply",
        description = "Keep the connections and jobs of FILE in the catalog; schedules begin to count.")
final class ApplyCommand extends ApiCommand {
    @Parameters(paramLabel = "FILE", description = "a job file, YAML or JSON")
    String file = "";

    @Override
    int run(Session session) {
        Applied applied = session.api().post("/jobs", Inputs.jobFile(file), Applied.class);
        applied.documents()
                .forEach(document -> session.console()
                        .line(String.format(
                                Locale.ROOT,
                                "  %-10s %-32s %s",
                                document.kind().toLowerCase(Locale.ROOT),
                                document.name(),
                                document.change().name().toLowerCase(Locale.ROOT))));
        session.console().result(applied);
        return 0;
    }
}
