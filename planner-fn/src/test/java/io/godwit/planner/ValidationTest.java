package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.question.PlannerQuestions.Difference;
import io.godwit.core.question.PlannerQuestions.TableComparison;
import io.godwit.core.question.PlannerQuestions.ValidateRun;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidationTest {
    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void equalSidesHaveNoDifference() {
        RunId run = completed("equal", "");
        planner.readers.rows.putAll(Map.of(1L, "a", 2L, "b", 700L, "c"));
        planner.writers.rows.putAll(planner.readers.rows);

        TableComparison table = validate(run).get(0);

        assertThat(table.differences()).isZero();
        assertThat(table.sourceRows()).isEqualTo(3);
        assertThat(table.targetRows()).isEqualTo(3);
        assertThat(planner.writers.keysAsked).isZero();
    }

    @Test
    void differencesAreNamedByKey() {
        RunId run = completed("differing", "");
        for (long key = 0; key < 5_000; key++) {
            planner.readers.rows.put(key, "row " + key);
        }
        planner.writers.rows.putAll(planner.readers.rows);
        planner.writers.rows.remove(17L);
        planner.writers.rows.put(4_711L, "altered");
        planner.writers.rows.put(9_999L, "extra");

        TableComparison table = validate(run).get(0);

        assertThat(table.differences()).isEqualTo(3);
        assertThat(table.named())
                .containsExactlyInAnyOrder(
                        new Difference("17", "missing"),
                        new Difference("4711", "different"),
                        new Difference("9999", "extra"));
        assertThat(planner.writers.keysAsked)
                .as("only buckets that differ are read by key")
                .isLessThanOrEqualTo(3);
    }

    @Test
    void missingRowsAmongManyThatAreAlikeAreCounted() {
        RunId run = completed("alike", "");
        planner.readers.alike = 150_000;
        planner.writers.alike = 120_000;

        TableComparison table = validate(run).get(0);

        assertThat(table.sourceRows()).isEqualTo(150_000);
        assertThat(table.targetRows()).isEqualTo(120_000);
        assertThat(table.differences()).isEqualTo(30_000);
        assertThat(table.named()).hasSize(10).containsOnly(new Difference("7", "missing"));
    }

    @Test
    void moreKeysOfABucketThanAreHeldAtOnceAreAllCompared() {
        RunId run = completed("many", "");
        for (long row = 0; row < 150_000; row++) {
            planner.readers.rows.put(row * 256, "row"); // 256 buckets: all in the first
        }
        planner.writers.rows.putAll(planner.readers.rows);
        planner.writers.rows.remove(9_984L); // by their text on the second page
        planner.writers.rows.put(9_728L, "altered");
        planner.writers.rows.remove(0L);

        TableComparison table = validate(run).get(0);

        assertThat(table.named())
                .containsExactly(
                        new Difference("0", "missing"),
                        new Difference("9728", "different"),
                        new Difference("9984", "missing"));
        assertThat(table.differences()).isEqualTo(3);
        assertThat(planner.writers.keysAsked).as("page by page").isEqualTo(2);
    }

    @Test
    void sinkThatSeeksRangesIsReadSplitBySplit() {
        planner.readers.splitsByTable.put("orders", 10);
        RunId run = completed("ranges", "");
        equalRows();

        assertThat(validate(run).get(0).differences()).isZero();
        assertThat(planner.writers.talliesAsked).isEqualTo(10);
    }

    @Test
    void sinkThatCannotSeekRangesIsReadOnceForAllSplits() {
        planner.readers.splitsByTable.put("orders", 10);
        planner.writers.seeksRanges = false;
        RunId run = completed("once", "");
        equalRows();

        TableComparison equal = validate(run).get(0);

        assertThat(equal.differences()).isZero();
        assertThat(equal.sourceRows()).isEqualTo(100);
        assertThat(equal.targetRows()).isEqualTo(100);
        assertThat(planner.writers.talliesAsked).isEqualTo(1);

        planner.writers.rows.remove(5L);
        assertThat(validate(run).get(0).named()).containsExactly(new Difference("5", "missing"));
    }

    private void equalRows() {
        for (long key = 0; key < 100; key++) {
            planner.readers.rows.put(key, "row " + key);
        }
        planner.writers.rows.putAll(planner.readers.rows);
    }

    @Test
    void jobThatAsksForItFailsWhereItsSidesDiffer() {
        planner.readers.rows.put(1L, "a");
        RunId run = completed("deep", ", validate: deep");

        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(run).error()).isNotNull().extracting("code").isEqualTo(ErrorCode.ROWS_DIFFER);

        planner.writers.rows.put(1L, "a");
        planner.planner.controls().control(run, Action.RETRY);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void runThatHasNotCompletedIsNotValidated() {
        planner.apply(PlannerFixture.job("early", "orders"));
        RunId run = planner.start("early");

        assertThatThrownBy(() -> validate(run))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.RUN_STATE_REFUSES));
    }

    private RunId completed(String name, String more) {
        planner.apply("""
                kind: Job
                name: %s
                steps:
                  - { name: copy, migrate: { from: { connection: shop, tables: [orders] }, to: { connection: warehouse, table: "copy.{table}" }%s } }
                """.formatted(name, more));
        RunId run = planner.start(name);
        planner.settle();
        return run;
    }

    private List<TableComparison> validate(RunId run) {
        return planner.planner.answers().validate(new ValidateRun(run, 10)).tables();
    }
}
