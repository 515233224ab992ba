package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.JobFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The jobs of a file, or one that the catalog holds: who may not apply may still run. One of the two is given. */
final class JobChoice {
    @Parameters(paramLabel = "FILE", description = "a job file, YAML or JSON")
    @Nullable
    String file;

    @Option(names = "--job", paramLabel = "NAME", description = "this job of the catalog, instead of a file's")
    @Nullable
    String job;

    /** Null where a job of the catalog was named. */
    @Nullable
    JobFile file() {
        return file == null ? null : Inputs.jobFile(file);
    }

    @Nullable
    String job() {
        return job;
    }
}
