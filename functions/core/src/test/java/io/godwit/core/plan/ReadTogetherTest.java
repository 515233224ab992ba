package io.godwit.core.plan;

import static io.godwit.core.plan.Steps.column;
import static io.godwit.core.plan.Steps.connection;
import static io.godwit.core.plan.Steps.selection;
import static io.godwit.core.plan.Steps.step;
import static io.godwit.core.plan.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadTogetherTest {

    @Test
    void tablesOfAllStepsStandAtTheSamePlaceAndNameOneAnother() {
        List<TablePlan> first = tables(orders("shop.{table}"), "copy");
        // Those of one target lie side by side: here in another order than above.
        List<TablePlan> second = tables(
                step().source(
                                connection("shop", "db.example.org", "shop"),
                                List.of(selection("public.*")),
                                table("public.a", "id int8"),
                                table("public.b", "id int8"),
                                table("public.c", "id int8"))
                        .target("shop.{table}"),
                "copy.2");
        List<TablePlan> turned = List.of(at(2, second), at(0, second), at(1, second));

        List<List<TablePlan>> fitted = ReadTogether.fit(List.of(first, turned));

        assertThat(fitted.get(0))
                .extracting(plan -> plan.definition().name().name())
                .containsExactly("a", "b", "c");
        assertThat(fitted.get(1))
                .extracting(plan -> plan.definition().name().name())
                .containsExactly("a", "b", "c");
        assertThat(fitted.get(1)).extracting(TablePlan::ordinal).containsExactly(0, 1, 2);
        assertThat(fitted.get(0)).allSatisfy(plan -> assertThat(plan.readWith()).containsExactly("copy.2"));
        assertThat(fitted.get(1)).allSatisfy(plan -> assertThat(plan.readWith()).containsExactly("copy"));
    }

    @Test
    void stepOfOneTargetStaysAsItIs() {
        List<TablePlan> alone = tables(orders("shop.{table}"), "copy");

        assertThat(ReadTogether.fit(List.of(alone))).containsExactly(alone);
        assertThat(alone.get(0).readWith()).isEmpty();
    }

    @Test
    void targetsThatWantOtherRowsAreRefused() {
        Steps one = step().source("public.*", table("public.a", "id int8", "at uuid"));
        Steps other = step().source("public.*", table("public.a", "id int8", "at uuid"))
                .sink(new Connection(
                        "files",
                        "file",
                        null,
                        null,
                        "/data",
                        null,
                        null,
                        java.util.Map.of(),
                        Connection.Limits.NONE,
                        List.of()))
                .sinkTypes(text(LogicalType.Scalar.UUID));

        assertThatThrownBy(() -> ReadTogether.fit(List.of(tables(one, "copy"), tables(other.lattice(), "copy.2"))))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE))
                .hasMessageContaining("shop.public.a is read once for all targets")
                .hasMessageContaining("(at uuid)")
                .hasMessageContaining("(at text)");
    }

    @Test
    void tableThatOneTargetLeavesOutIsRefused() {
        List<TablePlan> all = tables(orders("shop.{table}"), "copy");

        assertThatThrownBy(() -> ReadTogether.fit(List.of(all, all.subList(0, 2))))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                .hasMessageContaining("shop.public.c");
    }

    @Test
    void rowsOfAnotherSubtaskAreOnesOwnOnlyOfTheSameSplitOfAStepThatIsReadTogether() {
        TablePlan plan = ReadTogether.fit(
                        List.of(tables(orders("shop.{table}"), "copy"), tables(orders("shop.{table}"), "copy.2")))
                .get(1)
                .get(0);
        RunId run = plan.step().run();
        SubtaskId subtask = SubtaskId.of(plan.step(), 0, 7);

        assertThatCode(() -> plan.requireReadFor(subtask, subtask)).doesNotThrowAnyException();
        assertThatCode(() -> plan.requireReadFor(subtask, SubtaskId.of(StepId.of(run, "copy"), 0, 7)))
                .doesNotThrowAnyException();
        List.of(
                        SubtaskId.of(StepId.of(run, "copy"), 0, 8),
                        SubtaskId.of(StepId.of(run, "copy"), 1, 7),
                        SubtaskId.of(StepId.of(run, "other"), 0, 7),
                        SubtaskId.of(
                                StepId.of(RunId.of("nightly", Instant.parse("2026-11-23T02:00:00Z")), "copy"), 0, 7))
                .forEach(foreign -> assertThatThrownBy(() -> plan.requireReadFor(subtask, foreign))
                        .isInstanceOfSatisfying(
                                GodwitException.class,
                                error -> assertThat(error.code()).isEqualTo(ErrorCode.EVENT_MALFORMED)));
    }

    private static TargetType text(LogicalType type) {
        return new TargetType(type, false, LogicalType.Scalar.TEXT, "text", null);
    }

    private static Steps orders(String target) {
        TableDescription[] tables = {
            table("public.a", "id int8"), table("public.b", "id int8"), table("public.c", "id int8")
        };
        return step().source("public.*", tables).columns(column("*")).target(target);
    }

    private static TablePlan at(int place, List<TablePlan> tables) {
        return tables.get(place);
    }

    /** As the plan of another step. */
    private static List<TablePlan> tables(Steps step, String name) {
        return step.plan().tables().stream()
                .map(plan -> plan.toBuilder()
                        .step(StepId.of(plan.step().run(), name))
                        .build())
                .toList();
    }
}
