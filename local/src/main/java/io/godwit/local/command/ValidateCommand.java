package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.ValidationReport;
import io.godwit.local.report.ValidationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads both sides of a run again. */
@Command(
        name = "validate",
        description =
                "Read both sides of RUN again, in its splits, and name the keys that differ. Exit code 3: they do.")
final class ValidateCommand extends ApiCommand {
    @Parameters(paramLabel = "RUN", description = "a run's id, as godwit runs lists it")
    String run = "";

    @Option(names = "--limit", description = "differences named per table at most (default 20)")
    int limit = 20;

    @Override
    int run(Session session) {
        String path = "/runs/" + Api.word(Inputs.run(run).value()) + "/validation?limit=" + limit;
        return ValidationText.print(session.console(), session.api().post(path, null, ValidationReport.class));
    }
}
