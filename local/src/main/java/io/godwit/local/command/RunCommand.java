package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.Applied;
import io.godwit.core.question.PlannerQuestions.AppliedDocument;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.question.PlannerQuestions.Started;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the jobs of a file, to completion. */
@Command(
        name = "run",
        description = {
            "Run the jobs of FILE, or a job of the catalog, one after the other, to completion, and report.",
            "A job that fails does not stop those after it; the exit code is the worst of all.",
            "A run of the same job that was cut off is continued from the last written subtask."
        })
final class RunCommand extends ApiCommand {
    @ArgGroup(multiplicity = "1")
    JobChoice choice = new JobChoice();

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "a job parameter, over its default")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--plan-time", paramLabel = "TIME", description = "run for this time: 2026-11-22T02:00:00Z")
    @Nullable
    Instant planTime;

    @Override
    public Needs needs() {
        return Needs.EVERYTHING;
    }

    @Override
    int run(Session session) {
        int exitCode = 0;
        for (String job : jobs(session)) {
            Started started = Starting.run(session, new StartRun(job, planTime, parameters));
            exitCode = Math.max(exitCode, follow(session, started.run()));
        }
        return exitCode;
    }

    private List<String> jobs(Session session) {
        JobFile file = choice.file();
        if (file == null) {
            return List.of(Objects.requireNonNull(choice.job()));
        }
        return session.api().post("/jobs", file, Applied.class).documents().stream()
                .filter(document -> document.kind().equals("Job"))
                .map(AppliedDocument::name)
                .toList();
    }
}
