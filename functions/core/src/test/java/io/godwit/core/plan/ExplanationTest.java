package io.godwit.core.plan;

import static io.godwit.core.plan.Steps.column;
import static io.godwit.core.plan.Steps.renamed;
import static io.godwit.core.plan.Steps.step;
import static io.godwit.core.plan.Steps.value;
import static io.godwit.core.plan.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.job.Consistency;
import io.godwit.core.plan.Explanation.ColumnDecision;
import io.godwit.core.plan.Plan.PlannedTable;
import io.godwit.core.plan.Plan.StepPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    @Test
    void tellsWhatBecomesOfEachColumn() {
        TablePlan table = step().source("public.*", table("public.orders", "id int4", "total int8", "note text"))
                .columns(
                        column("note"),
                        renamed("id", "id", "int8"),
                        renamed("total", "total", "int4"),
                        value("x", null, "y"))
                .plan()
                .tables()
                .get(0);
        Explanation.Table told = explain(table, -1).tables().get(0);
        assertThat(told.source()).isEqualTo("shop: shop.public.orders");
        assertThat(told.target()).isEqualTo("lake: lake.orders");
        assertThat(told.columns())
                .containsExactly(
                        new ColumnDecision("note", "text", "note", "as it is"),
                        new ColumnDecision("id", "int8", "id", "int4 widened: every value is one of int8"),
                        new ColumnDecision(
                                "total", "int4", "total", "int8 narrowed: values out of the range of int4 are refused"),
                        new ColumnDecision("x", "text", "'y'", "the same in every row"));
    }

    @Test
    void sumsEstimatesUnlessOneIsUnknown() {
        TablePlan table = step().source("public.*", table("public.orders", "id int4"))
                .plan()
                .tables()
                .get(0);
        assertThat(explain(table, 5).tables().get(0).estimatedRows()).isEqualTo(10);
        assertThat(explain(table, -1).tables().get(0).estimatedRows()).isEqualTo(-1);
        assertThat(explain(table, 5).tables().get(0).splits()).isEqualTo(2);
    }

    private static Explanation.Step explain(TablePlan table, long rowsOfSecond) {
        StepPlan step = new StepPlan(
                table.step(),
                List.of(),
                Consistency.RUN,
                List.of(new PlannedTable(
                        table,
                        List.of(
                                new PlannedSplit(new Split.Whole(null), 5, 5),
                                new PlannedSplit(new Split.Whole(null), rowsOfSecond, 5)))),
                List.of(),
                List.of(),
                List.of());
        return Explanation.of(new Plan(table.step().run(), List.of(step)))
                .steps()
                .get(0);
    }
}
