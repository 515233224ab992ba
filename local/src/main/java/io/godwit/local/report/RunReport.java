package io.godwit.local.report;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.run.RunState;
import io.godwit.ops.RunView;
import io.godwit.ops.RunView.TableView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What a run did, table by table, and one line that says it all. */
public final class RunReport {
    /** How the planner's note begins that a run is about to fail. */
    private static final String FAILING = "fails, once its sinks are closed";

    private RunReport() {}

    /**
     * The report of an ended run as one JSON object.
     *
     * @param outcome the last line of the text report
     */
    public record Json(String outcome, int exitCode, RunView run) {}

    /** Prints the report, and answers with the command's exit code. */
    public static int print(Console console, RunView run) {
        TextTable table = new TextTable(
                "table", "target", ">subtasks", ">read", ">written", ">filtered", ">quarantined", "digest", ">seconds");
        for (TableView each : run.tables()) {
            table.row(
                    each.source(),
                    each.target(),
                    each.subtasksWritten() + "/" + each.subtasks(),
                    Amounts.rows(each.read().rows() + each.filtered()),
                    Amounts.rows(each.written().rows()),
                    Amounts.rows(each.filtered()),
                    Amounts.rows(each.quarantined().rows()),
                    each.proven() ? "equal" : each.subtasksWritten() < each.subtasks() ? "-" : "DIFFERS",
                    String.format(Locale.ROOT, "%.1f", each.seconds()));
        }
        if (!run.tables().isEmpty()) {
            console.line("");
            table.lines().forEach(console::line);
            console.line("");
        }
        notes(console, run);
        String outcome = outcome(run);
        int exitCode = ExitCodes.of(run);
        console.line(
                exitCode == 0
                        ? console.green(outcome)
                        : run.state() == RunState.COMPLETED ? console.yellow(outcome) : console.red(outcome));
        if (run.replays() != null) {
            console.line("It replays quarantined rows of " + run.replays() + ", which holds what is still open.");
        } else if (run.openRows() > 0 && run.state() == RunState.COMPLETED && !console.isJson()) {
            console.line("See them: godwit quarantine " + run.run() + "; once the cause is mended: godwit quarantine "
                    + run.run() + " --replay");
        }
        if (run.deadLetters() > 0) {
            console.line(console.yellow(run.deadLetters() + " events of this run are in the dead letters: godwit"
                    + " dead-letters " + run.run()));
        }
        if (run.error() != null && !console.isJson()) {
            console.error(run.error());
        }
        if (run.state() == RunState.FAILED && !console.isJson() && !isClosed(run)) {
            console.line("What is written is kept. If source or target was mended: godwit retry " + run.run()
                    + " (the job as it was planned). If the job file was: godwit run FILE.");
        }
        console.result(new Json(outcome, exitCode, run));
        return exitCode;
    }

    /** Each once. Why an ended run was failing is its error, or is overcome by a retry. */
    private static void notes(Console console, RunView run) {
        run.notes().stream()
                .distinct()
                .filter(note -> !(run.state().isEnded() && note.startsWith(FAILING)))
                .forEach(note -> console.line(console.yellow("note: ") + note));
        if (run.notes().size() == RunView.MOST_NOTES) {
            console.line(console.dim("These are its first notes; /api/runs/" + run.run() + "/facts has all."));
        }
    }

    /** Its sink takes nothing of it any more, whatever is mended. */
    private static boolean isClosed(RunView run) {
        return run.error() != null && run.error().code() == ErrorCode.RUN_CLOSED;
    }

    private static String outcome(RunView run) {
        Instant end = run.endedAt() == null ? run.lastAt() : run.endedAt();
        double seconds = Duration.between(run.firstAt(), end).toMillis() / 1000.0;
        long differing = run.state() == RunState.COMPLETED
                ? run.tables().stream().filter(each -> !each.proven()).count()
                : 0;
        String word = run.state() == RunState.COMPLETED
                ? differing == 0 ? "OK" : "DIFFERS"
                : run.state().name();
        return String.format(
                Locale.ROOT,
                "%s  %d %s  %d rows  %s%d quarantined%s  %d differences  %s",
                word,
                run.tables().size(),
                run.tables().size() == 1 ? "table" : "tables",
                run.total().written().rows(),
                run.total().filtered() > 0 ? run.total().filtered() + " filtered  " : "",
                run.total().quarantined().rows(),
                run.replayed() == 0 ? "" : " (" + run.replayed() + " replayed, " + run.openRows() + " open)",
                differing,
                Amounts.seconds(seconds));
    }
}
