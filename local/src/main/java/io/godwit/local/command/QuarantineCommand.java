package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions.Applied;
import io.godwit.core.question.PlannerQuestions.QuarantinedRow;
import io.godwit.core.question.PlannerQuestions.QuarantinedRows;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.local.report.QuarantineFiles;
import io.godwit.local.report.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the rows that were refused, or brings them out. */
@Command(
        name = "quarantine",
        description =
                "List the rows of RUN that were refused, by key or place and reason; or export them with their values.")
final class QuarantineCommand extends ApiCommand {
    private static final int PAGE = 1000;
    private static final int WIDEST = 80;

    @Parameters(paramLabel = "RUN", description = "a run's id, as godwit runs lists it")
    String run = "";

    @Option(names = "--limit", description = "how many to list (default 20)")
    int limit = 20;

    @Option(
            names = "--export",
            paramLabel = "FOLDER",
            description = "write all of them, a CSV file per table with its types beside it, into this new folder")
    @Nullable
    Path export;

    @Option(
            names = "--replay",
            arity = "0..1",
            paramLabel = "FILE",
            fallbackValue = "",
            description =
                    "write them after all, in a run of its own, by the job as it is now; or as FILE has it, which is"
                            + " applied first")
    @Nullable
    String replay;

    @Override
    public Needs needs() {
        return replay == null ? super.needs() : Needs.EVERYTHING;
    }

    @Override
    int run(Session session) {
        if (replay != null) {
            return replay(session, replay);
        }
        return export == null ? list(session) : export(session, export);
    }

    private int replay(Session session, String file) {
        if (export != null) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID,
                    "--replay and --export are two things",
                    "Export first, where you want both: what is replayed is exported no more.");
        }
        RunId id = Inputs.run(run);
        if (!file.isEmpty()) {
            apply(session, file, id.job());
        }
        Started started = session.api().post("/runs/" + Api.word(id.value()) + "/replay", null, Started.class);
        session.console().note((started.continued() ? "continuing " : "run ") + started.run());
        if (started.state() == RunState.PAUSED) {
            session.api().post("/runs/" + Api.word(started.run().value()) + "/resume", null, Started.class);
        }
        return new Watcher(session).watch(started.run());
    }

    private static void apply(Session session, String file, String job) {
        Applied applied = session.api().post("/jobs", Inputs.jobFile(file), Applied.class);
        boolean has = applied.documents().stream()
                .anyMatch(document ->
                        document.kind().equals("Job") && document.name().equals(job));
        if (!has) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID,
                    file + " has no job " + job + ", whose rows are to be replayed",
                    "Keep the job's name; or leave FILE out: the job as the catalog has it counts then.");
        }
    }

    private int list(Session session) {
        List<QuarantinedRow> rows = new ArrayList<>();
        List<QuarantinedRow> page = page(session, null, limit);
        while (!page.isEmpty() && rows.size() < limit) {
            rows.addAll(page);
            page = page(session, page.get(page.size() - 1).place(), limit - rows.size());
        }
        if (rows.isEmpty()) {
            session.console().line("No row of " + run + " is in quarantine.");
        } else {
            TextTable table = new TextTable("table", "key", "code", "reason");
            rows.forEach(row -> table.row(row.table().display(), cell(row.key()), row.code(), cell(row.reason())));
            table.lines().forEach(session.console()::line);
            session.console().note("with their values: godwit quarantine " + run + " --export FOLDER");
        }
        session.console().result(rows.stream().map(Listed::of).toList());
        return 0;
    }

    /** What is listed: no values. */
    record Listed(String table, String key, String code, String reason, String at) {
        static Listed of(QuarantinedRow row) {
            return new Listed(
                    row.table().display(),
                    row.key(),
                    row.code(),
                    row.reason(),
                    row.at().toString());
        }
    }

    private int export(Session session, Path folder) {
        try (QuarantineFiles files = QuarantineFiles.in(folder)) {
            List<QuarantinedRow> page = page(session, null, PAGE);
            while (!page.isEmpty()) {
                page.forEach(files::write);
                page = page(session, page.get(page.size() - 1).place(), PAGE);
            }
            files.written().forEach((file, rows) -> session.console().line(rows + " rows  " + file));
            if (!files.written().isEmpty()) {
                session.console()
                        .note("Mend them, and load them by a job from a connection of type file with database: "
                                + folder);
            }
            if (files.withheld() > 0) {
                session.console()
                        .note(files.withheld() + " rows are kept without their values, as the mapping hides some: find"
                                + " them in the source by their places.");
            }
            session.console().result(files.written());
        }
        return 0;
    }

    private List<QuarantinedRow> page(Session session, @Nullable QuarantinePlace after, int most) {
        String place =
                after == null ? "" : "&subtask=" + Api.word(after.subtask().value()) + "&row=" + after.id();
        return session.api()
                .get(
                        "/runs/" + Api.word(Inputs.run(run).value()) + "/quarantine?limit="
                                + Math.max(1, Math.min(PAGE, most)) + place,
                        QuarantinedRows.class)
                .rows();
    }

    private static String cell(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }
}
