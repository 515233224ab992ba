package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.JobSummary;
import io.godwit.core.question.PlannerQuestions.Jobs;
import io.godwit.local.report.TextTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the catalog's jobs. */
@Command(name = "jobs", description = "List the jobs of the catalog: schedule, next run, last run.")
final class JobsCommand extends ApiCommand {
    @Override
    int run(Session session) {
        Jobs jobs = session.api().get("/jobs", Jobs.class);
        TextTable table = new TextTable("job", "schedule", "next run", "last run", "state");
        for (JobSummary job : jobs.jobs()) {
            table.row(
                    job.name(),
                    job.cron() == null ? "-" : job.cron() + (job.timeZone() == null ? "" : " " + job.timeZone()),
                    orDash(job.nextRun()),
                    orDash(job.lastRun()),
                    orDash(job.lastState()));
        }
        if (jobs.jobs().isEmpty()) {
            session.console().line("No jobs yet. godwit apply FILE keeps them.");
        } else {
            table.lines().forEach(session.console()::line);
        }
        session.console().result(jobs);
        return 0;
    }

    private static String orDash(@Nullable Object value) {
        return Objects.toString(value, "-");
    }
}
