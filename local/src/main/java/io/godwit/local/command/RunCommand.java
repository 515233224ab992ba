package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.Applied;
import io.godwit.core.question.PlannerQuestions.AppliedDocument;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.question.PlannerQuestions.Started;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the jobs of a file, to completion. */
@Command(
        name = "run",
        description = {
            "Run the jobs of FILE, one after the other, to completion, and report.",
            "A run of the same job that was cut off is continued from the last written subtask."
        })
final class RunCommand extends ApiCommand {
    @Parameters(paramLabel = "FILE", description = "a job file, YAML or JSON")
    String file = "";

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
        Applied applied = session.api().post("/jobs", Inputs.jobFile(file), Applied.class);
        int exitCode = 0;
        for (AppliedDocument document : applied.documents()) {
            if (document.kind().equals("Job")) {
                Started started = Starting.run(session, new StartRun(document.name(), planTime, parameters));
                exitCode = Math.max(exitCode, new Watcher(session).watch(started.run()));
            }
        }
        return exitCode;
    }
}
