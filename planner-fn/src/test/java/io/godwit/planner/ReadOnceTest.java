package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.event.Fact;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.Plan.StepPlan;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.PlanJob;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of several targets: every split is read once, and written into each of them once. */
class ReadOnceTest {
    private static final int SUBTASKS = 12;
    private static final List<String> STEPS = List.of("copy", "copy.2", "copy.3");

    private final PlannerFixture planner = SubtaskModelTest.fixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void splitIsReadOnceAndWrittenIntoEachTarget() {
        RunId run = start("once");

        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.reads).isEqualTo(SUBTASKS);
        assertWrittenIntoEach(run);
        assertThat(STEPS)
                .allSatisfy(step ->
                        assertThat(planner.world.rowOf(StepId.of(run, step))).isEqualTo(RunRow.PUBLISHED));
    }

    @Test
    void targetThatIsAwayDoesNotKeepTheOthersFromBeingPublished() {
        RunId run = start("away");

        for (int turn = 0; turn < 2_000 && !arePublished(run, "copy", "copy.3"); turn++) {
            deliverBut(run, "copy.2");
        }

        assertThat(arePublished(run, "copy", "copy.3")).isTrue();
        assertThat(planner.world.ledgerOf(StepId.of(run, "copy.2"))).isEmpty();

        planner.sql("update planner.subtask set not_before = now() where not_before is not null");
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.reads).isEqualTo(SUBTASKS);
        assertWrittenIntoEach(run);
    }

    @Test
    void rowsStayInTheExchangeUntilTheLastTargetHasThem() {
        planner.readers.splitsByTable.put("orders", 1);
        planner.apply(connections() + ofThreeTargets("trimmed"));
        RunId run = planner.start("trimmed");
        planner.workDuties();
        planner.deliver(planner.take(SubtaskRead.class));
        planner.deliver(planner.take(RowsReady.class));
        List<SubtaskWrite> writes = IntStream.range(0, 3)
                .mapToObj(i -> planner.take(SubtaskWrite.class))
                .toList();

        writes.subList(0, 2).forEach(this::write);
        assertThat(planner.world.trimmed.values()).allMatch(offset -> offset == 0);
        write(writes.get(2));
        assertThat(planner.world.trimmed.values()).containsExactly(2L);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void whatOneTargetLostIsReadAgainForItAlone() {
        planner.readers.splitsByTable.put("orders", 1);
        planner.apply(connections() + ofThreeTargets("lost"));
        RunId run = planner.start("lost");
        planner.workDuties();
        planner.deliver(planner.take(SubtaskRead.class));
        planner.deliver(planner.take(RowsReady.class));
        List<SubtaskWrite> writes = IntStream.range(0, 3)
                .mapToObj(i -> planner.take(SubtaskWrite.class))
                .toList();

        write(writes.get(0));
        planner.deliver(InMemoryWorld.failed(writes.get(1), ErrorCode.EXCHANGE_RECORDS_LOST));
        SubtaskRead again = planner.take(SubtaskRead.class);
        assertThat(again.subtask()).isEqualTo(writes.get(1).subtask());
        planner.deliver(again);
        planner.deliver(planner.take(RowsReady.class));
        SubtaskWrite second = planner.take(SubtaskWrite.class);
        assertThat(second.reader()).isEqualTo(second.subtask());
        write(second);
        write(writes.get(2));
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.reads).isEqualTo(2);
        assertWrittenIntoEach(run, 1);
    }

    @Test
    void nothingIsReadBeforeEveryTargetIsPrepared() {
        Map<String, Integer> sentBefore = new ConcurrentHashMap<>();
        planner.writers.onAsk = (question, step) -> {
            if (question.equals("prepare")) {
                sentBefore.put(step.step(), planner.world.events.size());
            }
        };
        RunId run = start("waits");

        assertThat(sentBefore)
                .containsOnlyKeys(STEPS)
                .allSatisfy((step, sent) -> assertThat(sent).isZero());
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.reads).isEqualTo(SUBTASKS);
    }

    @Test
    void laterStepWaitsForAllTargets() {
        planner.apply(connections() + ofThreeTargets("graph") + """
                  - name: after
                    migrate:
                      from: { connection: shop, tables: [items] }
                      to: { connection: warehouse, table: "items" }
                  - name: besides
                    needs: [copy]
                    migrate:
                      from: { connection: shop, tables: [prices] }
                      to: { connection: warehouse, table: "prices" }
                """);

        List<StepPlan> steps = explained("graph");

        assertThat(steps)
                .extracting(step -> step.id().step())
                .containsExactly("copy", "copy.2", "copy.3", "after", "besides");
        assertThat(steps.subList(3, 5))
                .allSatisfy(step -> assertThat(step.needs()).isEqualTo(STEPS));
        assertThat(steps.get(1).notes()).contains("read once, with step copy");
        assertThat(steps.get(1).tables().get(0).splits())
                .isEqualTo(steps.get(0).tables().get(0).splits());
    }

    @Test
    void poolThatReachesOnlyOneTargetReadsForNone() {
        String file = PlannerFixture.connection("shop", "")
                + PlannerFixture.connection("warehouse", "")
                + PlannerFixture.connection("lake", "pools: [far]\n")
                + PlannerFixture.connection("mart", "")
                + ofThreeTargets("pools");

        assertThatThrownBy(
                        () -> planner.planner.answers().plan(new PlanJob(new JobFile("a.yaml", file), null, Map.of())))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                .hasMessageContaining("lake");
    }

    @Test
    void cancelledRunIsWrittenNoFurtherAnywhere() {
        RunId run = start("cancelled");
        Random random = new Random(5);
        for (int turn = 0; turn < 40; turn++) {
            SubtaskModelTest.turn(planner, random, SubtaskModelTest.Mishaps.PASSING);
        }
        planner.planner.controls().control(run, Action.CANCEL);
        planner.workDuties();
        long written = SubtaskModelTest.written(planner);

        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.CANCELLED);
        assertThat(SubtaskModelTest.written(planner)).isEqualTo(written);
        assertThat(STEPS)
                .allSatisfy(step ->
                        assertThat(planner.world.rowOf(StepId.of(run, step))).isEqualTo(RunRow.CLOSED));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyTargetIsWrittenOnceHoweverEventsArrive(long seed) {
        RunId run = start("chaos");

        SubtaskModelTest.live(planner, run, new Random(seed), SubtaskModelTest.Mishaps.PASSING);

        assertThat(planner.stateOf(run))
                .as("seed %d: %s", seed, planner.run(run).error())
                .isEqualTo(RunState.COMPLETED);
        assertWrittenIntoEach(run);
        SubtaskModelTest.assertFactsAgree(planner, run);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void runThatFailsAndIsRetriedEndsWithEveryTargetWrittenOnce(long seed) {
        RunId run = start("retried");
        Random random = new Random(seed);

        for (int round = 0; round < 50 && planner.stateOf(run) != RunState.COMPLETED; round++) {
            SubtaskModelTest.live(planner, run, random, new SubtaskModelTest.Mishaps(8, 0));
            if (planner.stateOf(run) == RunState.FAILED) {
                planner.planner.controls().control(run, Action.RETRY);
            }
        }

        assertThat(planner.stateOf(run)).as("seed %d", seed).isEqualTo(RunState.COMPLETED);
        assertWrittenIntoEach(run);
        SubtaskModelTest.assertFactsAgree(planner, run);
    }

    private boolean arePublished(RunId run, String... steps) {
        return Stream.of(steps).allMatch(step -> planner.world.rowOf(StepId.of(run, step)) == RunRow.PUBLISHED);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void partsOfWhatWasTooLargeForOneTargetAreWrittenIntoItOnce(long seed) {
        int subtasks = 25;
        RunId run = start("parted", subtasks);
        Random random = new Random(seed);

        for (int round = 0; round < 50 && planner.stateOf(run) != RunState.COMPLETED; round++) {
            SubtaskModelTest.live(planner, run, random, new SubtaskModelTest.Mishaps(2, 10));
            if (planner.stateOf(run) == RunState.FAILED) {
                planner.planner.controls().control(run, Action.RETRY);
            }
        }

        assertThat(planner.stateOf(run)).as("seed %d", seed).isEqualTo(RunState.COMPLETED);
        assertThat(STEPS)
                .allSatisfy(step -> SubtaskModelTest.assertRangesMeet(planner, StepId.of(run, step), subtasks - 1));
        assertThat(ControlStoreOfTests.count(planner.controlStore, "planner.subtask"))
                .isGreaterThan((long) STEPS.size() * subtasks);
        SubtaskModelTest.assertFactsAgree(planner, run);
    }

    /** Nothing reaches the writers of this step, or comes from them: they are away. */
    private void deliverBut(RunId run, String away) {
        planner.workDuties();
        for (Event event : List.copyOf(planner.world.events)) {
            planner.world.events.remove(event);
            if (event instanceof SubtaskWrite write && write.subtask().step().equals(StepId.of(run, away))) {
                planner.deliver(InMemoryWorld.failed(write, ErrorCode.SINK_UNREACHABLE));
            } else {
                planner.deliver(event);
            }
        }
        planner.workDuties();
    }

    private void write(SubtaskWrite event) {
        planner.deliver(event);
        planner.deliver(planner.take(SubtaskWritten.class));
    }

    private List<StepPlan> explained(String job) {
        return planner.planner
                .answers()
                .plan(new PlanJob(null, job, Map.of()))
                .plans()
                .get(0)
                .plan()
                .steps();
    }

    private RunId start(String name) {
        return start(name, SUBTASKS);
    }

    private RunId start(String name, int subtasks) {
        planner.readers.splitsByTable.put("orders", subtasks);
        planner.apply(connections() + ofThreeTargets(name));
        RunId run = planner.start(name);
        planner.workDuties();
        return run;
    }

    private static String connections() {
        return PlannerFixture.connection("lake", "") + PlannerFixture.connection("mart", "");
    }

    private static String ofThreeTargets(String name) {
        return """
                kind: Job
                name: %s
                steps:
                  - name: copy
                    migrate:
                      from: { connection: shop, tables: [orders] }
                      to:
                        - { connection: warehouse, table: "copy.{table}" }
                        - { connection: lake, table: "copy.{table}" }
                        - { connection: mart, table: "copy.{table}" }
                """.formatted(name);
    }

    private void assertWrittenIntoEach(RunId run) {
        assertWrittenIntoEach(run, SUBTASKS);
    }

    private void assertWrittenIntoEach(RunId run, int subtasks) {
        Stream<SubtaskId> ids = STEPS.stream()
                .flatMap(step ->
                        IntStream.range(0, subtasks).mapToObj(split -> SubtaskId.of(StepId.of(run, step), 0, split)));
        assertThat(ids).allSatisfy(id -> {
            LedgerRow row = planner.world.ledger.get(id);
            assertThat(row).as("%s", id).isNotNull();
            assertThat(row.written().provesEqual(InMemoryWorld.rowsOf(id))).isTrue();
        });
        assertThat(planner.factsOf(run))
                .filteredOn(Fact.SubtaskWasWritten.class::isInstance)
                .hasSize(STEPS.size() * subtasks);
    }
}
