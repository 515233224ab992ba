package io.godwit.core.plan;

import io.godwit.core.job.Consistency;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.Plan.PlannedTable;
import io.godwit.core.plan.Plan.StepPlan;
import io.godwit.core.type.TypeDecision;
import io.godwit.core.type.TypeLattice;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to see of a plan before saying yes: per table how much, in how many splits, and what becomes of
 * each column.
 */
public record Explanation(List<Step> steps) {
    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param guarantee how often each row arrives, and what that rests on
     * @param moment across what its rows are of one moment
     */
    public record Step(String name, List<String> needs, String guarantee, String moment, List<Table> tables) {}

    /**
     * A table.
     *
     * @param estimatedRows -1: unknown
     * @param estimatedBytes -1: unknown
     * @param where null: all rows
     */
    public record Table(
            String source,
            String target,
            String mode,
            List<String> key,
            int splits,
            long estimatedRows,
            long estimatedBytes,
            @Nullable String where,
            List<ColumnDecision> columns) {}

    /**
     * A column of the target.
     *
     * @param from the source's column, or a quoted constant
     * @param what {@code as it is}, or what happens to its values
     */
    public record ColumnDecision(String target, String type, String from, String what) {}

    public static Explanation of(Plan plan) {
        return new Explanation(plan.steps().stream().map(Explanation::step).toList());
    }

    private static Step step(StepPlan step) {
        return new Step(
                step.id().step(),
                step.needs(),
                "every row arrives exactly once: a subtask's rows and its ledger row are one transaction of the target",
                step.consistency() == Consistency.RUN
                        ? "all rows of a source database are of one moment"
                        : "the rows of a subtask are of one moment; two subtasks may see different ones",
                step.tables().stream().map(Explanation::table).toList());
    }

    private static Table table(PlannedTable planned) {
        TablePlan table = planned.table();
        return new Table(
                table.source().name() + ": " + table.definition().name(),
                table.sink().name() + ": " + table.target(),
                mode(table),
                table.key(),
                planned.splits().size(),
                sum(planned.splits().stream().map(PlannedSplit::estimatedRows).toList()),
                sum(planned.splits().stream().map(PlannedSplit::estimatedBytes).toList()),
                table.where(),
                table.columns().stream().map(Explanation::column).toList());
    }

    private static String mode(TablePlan table) {
        WriteMode mode = table.mode();
        String word = mode.name().toLowerCase(Locale.ROOT);
        return mode == WriteMode.OVERWRITE && table.where() != null ? word + " the rows of where" : word;
    }

    private static ColumnDecision column(ColumnPlan column) {
        String type = column.wireType().notation();
        if (column.origin() instanceof Origin.SourceColumn source) {
            TypeDecision decision = TypeLattice.decide(source.type(), column.wireType());
            String what = decision.isIdentical()
                    ? "as it is"
                    : source.type().notation()
                            + (decision.isLossless() ? " widened: " : " narrowed: ")
                            + decision.reason();
            return new ColumnDecision(column.target(), type, source.name(), what);
        }
        String text = ((Origin.Constant) column.origin()).text();
        return new ColumnDecision(
                column.target(), type, text == null ? "NULL" : "'" + text + "'", "the same in every row");
    }

    private static long sum(List<Long> estimates) {
        return estimates.contains(-1L)
                ? -1
                : estimates.stream().mapToLong(Long::longValue).sum();
    }
}
