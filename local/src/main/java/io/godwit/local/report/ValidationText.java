package io.godwit.local.report;

import io.godwit.core.question.PlannerQuestions.Difference;
import io.godwit.core.question.PlannerQuestions.TableComparison;
import io.godwit.core.question.PlannerQuestions.ValidationReport;

/** What a validation found. */
public final class ValidationText {
    private ValidationText() {}

    /** Prints it, and answers with the command's exit code: 0 equal, 3 differences. */
    public static int print(Console console, ValidationReport report) {
        TextTable table =
                new TextTable("table", "target", ">source rows", ">target rows", ">in quarantine", ">differences");
        for (TableComparison each : report.tables()) {
            table.row(
                    each.source(),
                    each.target(),
                    Amounts.rows(each.sourceRows()),
                    Amounts.rows(each.targetRows()),
                    Amounts.rows(each.refusedRows()),
                    Amounts.rows(each.differences()));
        }
        table.lines().forEach(console::line);
        for (TableComparison each : report.tables()) {
            for (Difference difference : each.named()) {
                console.line("  " + each.target() + "  " + difference.key() + "  " + difference.what());
            }
        }
        long differences = report.differences();
        console.line("");
        console.line(
                differences == 0
                        ? console.green("EQUAL  " + report.tables().size() + " tables, both sides read again")
                        : console.red("DIFFERENT  " + differences + " rows"));
        console.result(report);
        return differences == 0 ? 0 : 3;
    }
}
