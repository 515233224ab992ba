package io.godwit.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import org.junit.jupiter.api.Test;

class PlanReportTest {
    @Test
    void conversionsAreSaidToBeWhatTheyAre() {
        assertThat(origin(Scalar.INT4, Scalar.INT8)).endsWith("(widened)");
        assertThat(origin(Scalar.INT8, Scalar.INT4)).endsWith("(narrowed, as the job consents)");
        assertThat(origin(new LogicalType.VarChar(9), Scalar.TEXT)).endsWith("(converted)");
    }

    private static String origin(LogicalType from, LogicalType to) {
        return PlanReport.origin(new ColumnPlan("a", new Origin.SourceColumn("a", from), to, to.notation()));
    }
}
