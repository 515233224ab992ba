package io.godwit.local.report;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Formula;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Plan.PlannedTable;
import io.godwit.core.plan.Plan.StepPlan;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.question.PlannerQuestions.ExplainedPlan;
import io.godwit.core.type.TypeLattice;
import java.util.List;
import java.util.Locale;

/** A plan as people read it before they say yes. */
public final class PlanReport {
    private PlanReport() {}

    public static void print(Console console, ExplainedPlan explained) {
        console.line(console.bold("job " + explained.job()));
        for (StepPlan step : explained.plan().steps()) {
            console.line("");
            console.line(console.bold("step " + step.id().step()) + "   consistency: one moment per "
                    + step.consistency().name().toLowerCase(Locale.ROOT));
            tables(step).lines().forEach(console::line);
            step.tables().forEach(table -> columns(console, table));
            step.notes().forEach(note -> console.line("  " + console.yellow("note: ") + note));
        }
        if (!explained.statements().isEmpty()) {
            console.line("");
            console.line(console.bold("statements on the target before the load"));
            explained.statements().forEach(sql -> console.line("  " + sql.replace("\n", "\n  ") + ";"));
        }
        console.line("");
        explained.notes().forEach(note -> console.line(console.yellow("note: ") + note));
        console.line(console.bold("guarantee: ") + explained.guarantee());
        console.line(console.dim("Nothing was changed. godwit run does it."));
    }

    private static TextTable tables(StepPlan step) {
        TextTable table =
                new TextTable("table", "target", "mode", "target is", ">splits", ">rows (est.)", ">size (est.)");
        for (PlannedTable each : step.tables()) {
            table.row(
                    each.table().source().name() + ": "
                            + each.table().definition().name(),
                    each.table().sink().name() + ": " + each.table().target().display(),
                    each.table().mode().name().toLowerCase(Locale.ROOT),
                    each.table().targetExists() ? "there" : "created",
                    String.valueOf(each.splits().size()),
                    Amounts.rows(sum(each.splits(), true)),
                    Amounts.bytes(sum(each.splits(), false)));
        }
        return table;
    }

    private static void columns(Console console, PlannedTable table) {
        long passing = table.table().columns().stream()
                .filter(ColumnPlan::passesThrough)
                .count();
        console.line("  " + table.table().target().display() + ": " + passing + " of "
                + table.table().columns().size() + " columns pass through as they are");
        for (ColumnPlan column : table.table().columns()) {
            if (!column.passesThrough()) {
                console.line("    " + column.target() + " " + column.targetNativeType() + " <- " + origin(column));
            }
        }
        Formula filter = table.table().filter();
        if (filter != null) {
            console.line("    only rows of which is true: " + filter.text());
        }
    }

    static String origin(ColumnPlan column) {
        if (column.origin() instanceof Origin.Computed computed) {
            return "expression " + computed.formula().text();
        }
        return column.origin() instanceof Origin.SourceColumn source
                ? source.name() + " " + source.type().notation() + change(source, column)
                : "constant " + ((Origin.Constant) column.origin()).text();
    }

    /** A plan holds no narrowing that its job has not consented to: the planner refuses others. */
    private static String change(Origin.SourceColumn source, ColumnPlan column) {
        return switch (TypeLattice.decide(source.type(), column.wireType()).kind()) {
            case WIDENING -> " (widened)";
            case NARROWING -> " (narrowed, as the job consents)";
            case IDENTICAL, IMPOSSIBLE -> " (converted)";
        };
    }

    private static long sum(List<PlannedSplit> splits, boolean rows) {
        long sum = 0;
        for (PlannedSplit split : splits) {
            long each = rows ? split.estimatedRows() : split.estimatedBytes();
            if (each < 0) {
                return -1;
            }
            sum += each;
        }
        return sum;
    }
}
