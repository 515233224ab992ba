package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.PlanJob;
import io.godwit.core.question.PlannerQuestions.Plans;
import io.godwit.core.question.PlannerQuestions.RefusedPlan;
import io.godwit.local.report.ExitCodes;
import io.godwit.local.report.PlanReport;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what a run would do. */
@Command(
        name = "plan",
        description = "Show what the jobs of FILE would do: splits, sizes, DDL, types, guarantee. Changes nothing.")
final class PlanCommand extends ApiCommand {
    @ArgGroup(multiplicity = "1")
    JobChoice choice = new JobChoice();

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "a job parameter, over its default")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Override
    int run(Session session) {
        Plans plans = session.api().post("/plans", new PlanJob(choice.file(), choice.job(), parameters), Plans.class);
        plans.plans().forEach(plan -> PlanReport.print(session.console(), plan));
        session.console().result(plans);
        int exitCode = 0;
        for (RefusedPlan refused : plans.refused()) {
            if (!session.console().isJson()) { // there it is part of the one result
                session.console().error(refused.error());
            }
            exitCode = Math.max(exitCode, ExitCodes.of(refused.error().code()));
        }
        return exitCode;
    }
}
