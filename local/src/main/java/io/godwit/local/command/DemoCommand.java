package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions.Applied;
import io.godwit.core.question.PlannerQuestions.PlanJob;
import io.godwit.core.question.PlannerQuestions.Plans;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.question.PlannerQuestions.ValidationReport;
import io.godwit.local.demo.DemoDatabases;
import io.godwit.local.report.PlanReport;
import io.godwit.local.report.ValidationText;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole of it: a real database moved through the real functions, with interruptions, and proved. */
@Command(
        name = "demo",
        description = {
            "Move a database of about a million rows (TPC-H) from one PostgreSQL into another, through Kafka;",
            "break off a reader and a writer in mid-subtask; validate; report. Needs nothing but this machine."
        })
final class DemoCommand extends ApiCommand {
    /** Below, TPC-H does not define its tables; above, this is no demo any more. */
    private static final double SMALLEST = 0.01;

    private static final double LARGEST = 10;

    @Option(names = "--scale", description = "TPC-H scale factor, 0.01 to 10; 0.12 (default) is about a million rows")
    double scale = 0.12;

    @Override
    public String onlyHere() {
        return "demo moves the data of two servers that it starts on this machine";
    }

    @Override
    public Needs needs() {
        return Needs.EVERYTHING;
    }

    /** One reader and one writer die in the middle of a subtask. */
    @Override
    public Map<String, String> settings() {
        return Map.of("godwit.local.interruptions", "BATCH_SENT:5:die,LEDGER_CLAIMED:3:die");
    }

    @Override
    int run(Session session) {
        if (!(scale >= SMALLEST && scale <= LARGEST)) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID, "--scale " + scale + " is not in 0.01 to 10", "Try --scale 0.12.");
        }
        say(session, "Two PostgreSQL servers of your own, and TPC-H in the first");
        try (DemoDatabases databases = DemoDatabases.start(session.home().folder("demo"))) {
            long rows = databases.load(
                    scale,
                    (table, filled) ->
                            session.console().note(String.format(Locale.ROOT, "  %-10s %,10d rows", table, filled)));
            session.console().note(String.format(Locale.ROOT, "  %,d rows in eight tables", rows));

            say(session, "The job: the entire database (" + databases.jobFile() + ")");
            session.console().line(databases.jobText().indent(2).stripTrailing());
            Applied applied = session.api()
                    .post("/jobs", Inputs.jobFile(databases.jobFile().toString()), Applied.class);
            session.console().note("  " + applied.documents().size() + " documents in the catalog");

            say(session, "The plan: godwit plan " + databases.jobFile());
            Plans plans = session.api().post("/plans", new PlanJob(null, "demo", Map.of()), Plans.class);
            plans.plans().forEach(plan -> PlanReport.print(session.console(), plan));

            say(session, "The run; a reader and a writer will be broken off in mid-subtask");
            Started started = Starting.run(session, new StartRun("demo", null, Map.of()));
            int exitCode = new Watcher(session).watch(started.run());

            say(session, "Both sides read again: godwit validate " + started.run());
            ValidationReport report = session.api()
                    .post("/runs/" + Api.word(started.run().value()) + "/validation", null, ValidationReport.class);
            exitCode = Math.max(exitCode, ValidationText.print(session.console(), report));

            session.console().line("");
            session.console().line("Where to look next:");
            session.console().line("  godwit status " + started.run() + "    what each table took");
            session.console().line("  godwit plan|run YOUR-FILE          README.md shows job files");
            session.console()
                    .line("  " + session.home().folder("godwit.log") + "    what was broken off, and how it went on");
            session.console().note("The demo's servers stop now: validate and retry of its run are over with them.");
            return exitCode;
        }
    }

    private static void say(Session session, String text) {
        session.console().note("");
        session.console().note(session.console().bold("== " + text));
    }
}
