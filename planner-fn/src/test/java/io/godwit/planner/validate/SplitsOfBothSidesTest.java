package io.godwit.planner.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitsOfBothSidesTest {
    private static final Connection SHOP = new Connection(
            "shop", "postgresql", "localhost", 5432, "db", null, null, Map.of(), Connection.Limits.NONE, List.of());

    @ParameterizedTest
    @EnumSource(
            value = Scalar.class,
            names = {"INT2", "INT4", "INT8"})
    void wholeNumbersAreInOneOrderEverywhere(Scalar type) {
        assertThat(SplitsOfBothSides.areComparable(tables(type, null), ranges("7")))
                .isTrue();
    }

    /** MariaDB and SQL Server compare UUIDs in another order of their bytes than PostgreSQL does. */
    @Test
    void uuidsAreNot() {
        List<Split> splits = ranges("80000000-0000-4000-8000-000000000000");

        assertThat(SplitsOfBothSides.areComparable(tables(Scalar.UUID, null), splits))
                .isFalse();
        assertThat(SplitsOfBothSides.coverSource(tables(Scalar.UUID, null), splits))
                .as("the source may still be read by them")
                .isTrue();
    }

    @Test
    void conditionOfTheSourceIsNotTheTargets() {
        assertThat(SplitsOfBothSides.areComparable(tables(Scalar.INT8, "id > 5"), ranges("7")))
                .isFalse();
    }

    private static List<Split> ranges(String bound) {
        return List.of(
                new Split.KeyRange(List.of("id"), null, List.of(bound), null),
                new Split.KeyRange(List.of("id"), List.of(bound), null, null));
    }

    private static List<TablePlan> tables(LogicalType key, @Nullable String where) {
        TableName name = new TableName("db", "public", "orders");
        return List.of(TablePlan.builder(StepId.of(RunId.of("job", Instant.EPOCH), "copy"), 0)
                .source(
                        SHOP,
                        new TableDescription(
                                name, "table", List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(),
                                null, -1, -1))
                .where(where)
                .sink(SHOP, name)
                .targetExists(true)
                .create(CreateMode.NEVER)
                .columns(List.of(new ColumnPlan("id", new Origin.SourceColumn("id", key), key, "")))
                .maxRowBytes(1 << 20)
                .build());
    }
}
