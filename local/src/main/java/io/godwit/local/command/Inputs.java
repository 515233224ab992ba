package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.TypeConversionException;

/** What users give on the command line, read and checked. */
final class Inputs {
    private static final long MOST_BYTES = 8L << 20;

    private Inputs() {}

    static JobFile jobFile(String name) {
        try {
            Path path = Path.of(name);
            if (!Files.isRegularFile(path)) {
                throw new GodwitException(
                        ErrorCode.COMMAND_LINE_INVALID, name + ": no such file", "Give the path of a job file.");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new GodwitException(
                        ErrorCode.COMMAND_LINE_INVALID, name + ": larger than 8 MiB", "Give the path of a job file.");
            }
            return new JobFile(name, Files.readString(path));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID,
                    name + " cannot be read: " + e.getMessage(),
                    "A job file is UTF-8 text.",
                    e);
        }
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a time such as 2026-11-22T02:00:00Z");
        }
    }

    static RunId run(String text) {
        try {
            return new RunId(text);
        } catch (IllegalArgumentException e) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID, "not the id of a run: " + text, "godwit runs lists them.", e);
        }
    }
}
