package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Fact;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions.ExplainedPlan;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.PlanJob;
import io.godwit.core.question.PlannerQuestions.Plans;
import io.godwit.core.question.SourceQuestions.HoldSnapshot;
import io.godwit.core.question.SourceQuestions.ReleaseSnapshot;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.planner.store.Documents;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void explainedPlanChangesNothing() {
        planner.readers.splitsByTable.put("orders", 3);
        JobFile file = new JobFile("a.yaml", PlannerFixture.connections() + PlannerFixture.job("look", "orders"));

        ExplainedPlan plan = planner.planner
                .answers()
                .plan(new PlanJob(file, null, Map.of()))
                .plans()
                .get(0);

        assertThat(plan.plan().steps().get(0).tables().get(0).splits()).hasSize(3);
        assertThat(plan.statements()).isNotEmpty();
        assertThat(plan.guarantee()).contains("exactly once");
        assertThat(planner.world.events).isEmpty();
        assertThat(planner.world.facts).isEmpty();
        assertThat(planner.world.runRows).isEmpty();
    }

    @Test
    void jobThatCannotBePlannedDoesNotHideTheOthersOfItsFile() {
        JobFile file = new JobFile(
                "a.yaml",
                PlannerFixture.connections() + PlannerFixture.job("look", "orders") + "---\n"
                        + PlannerFixture.job("strict", "orders")
                        + "      columns: [{ from: nope }]\n");

        Plans plans = planner.planner.answers().plan(new PlanJob(file, null, Map.of()));

        assertThat(plans.plans()).extracting(ExplainedPlan::job).containsExactly("look");
        assertThat(plans.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.job()).isEqualTo("strict");
            assertThat(refused.error().message()).startsWith("job strict: ");
        });
    }

    @Test
    void whatReadersAndWritersSayOfTheirKindsStandsFirstInPlanAndHistory() {
        planner.readers.notes = List.of("connection shop: connector memory is not certified");
        planner.writers.notes = List.of("connection warehouse: connector memory is not certified");
        JobFile file = new JobFile("a.yaml", PlannerFixture.connections() + PlannerFixture.job("look", "orders"));

        ExplainedPlan plan = planner.planner
                .answers()
                .plan(new PlanJob(file, null, Map.of()))
                .plans()
                .get(0);
        planner.apply(PlannerFixture.job("look", "orders"));
        planner.start("look");
        planner.settle();

        assertThat(plan.plan().steps().get(0).notes())
                .startsWith(planner.readers.notes.get(0), planner.writers.notes.get(0));
        assertThat(planner.world.facts)
                .extracting(fact -> ((RunRecorded) fact).fact())
                .contains(
                        new Fact.Noted("copy: " + planner.readers.notes.get(0)),
                        new Fact.Noted("copy: " + planner.writers.notes.get(0)));
    }

    @Test
    void whatReadersAndWritersAreAskedIsInTheRunsTrace() {
        TraceParent asked = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        Set<@Nullable TraceParent> writers = new HashSet<>();
        planner.writers.onAsk = (question, step) -> writers.add(Traces.current());
        planner.apply(PlannerFixture.job("traced", "orders"));

        Traces.at(asked, () -> planner.start("traced"));
        planner.settle();

        assertThat(planner.readers.traces).containsExactly(asked);
        assertThat(writers).containsExactly(asked);
    }

    @Test
    void stepsFollowOneAnotherAndOthersRunSideBySide() {
        planner.apply("""
                kind: Job
                name: graph
                steps:
                  - { name: a, migrate: { from: { connection: shop, tables: [a] }, to: { connection: warehouse, table: "copy.{table}" } } }
                  - { name: b, needs: [a], migrate: { from: { connection: shop, tables: [b] }, to: { connection: warehouse, table: "copy.{table}" } } }
                  - { name: c, needs: [a], migrate: { from: { connection: shop, tables: [c] }, to: { connection: warehouse, table: "copy.{table}" } } }
                  - { name: d, needs: [b, c], migrate: { from: { connection: shop, tables: [d] }, to: { connection: warehouse, table: "copy.{table}" } } }
                """);
        List<String> asked = new ArrayList<>();
        planner.writers.onAsk = (question, step) -> asked.add(question + " " + step.step());

        RunId run = planner.start("graph");
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(asked)
                .hasSize(8)
                .containsSubsequence("prepare a", "publish a", "prepare b", "publish b", "prepare d", "publish d")
                .containsSubsequence("publish a", "prepare c", "publish c", "prepare d");
        assertThat(asked.subList(2, 4)).containsExactlyInAnyOrder("prepare b", "prepare c");
    }

    @Test
    void resolvedParametersAreKeptWithTheRun() {
        planner.apply(PlannerFixture.job("dated", "orders") + """
                schedule: { cron: "0 2 * * *", timeZone: Europe/Berlin }
                parameters: { day: '#{Job.getYesterday("yyyyMMdd")}', region: eu }
                """);

        RunId run = planner.start("dated", Instant.parse("2026-11-21T23:30:00Z"));
        planner.settle();

        assertThat(ControlStoreOfTests.texts(
                        planner.controlStore, "select resolved from planner.run where id = '" + run + "'"))
                .singleElement()
                .satisfies(kept -> assertThat(kept).contains("\"day\":\"20261121\"", "\"region\":\"eu\""));
    }

    @Test
    void whatASinkRefusesOfALaterStepIsFoundBeforeAnyStepHasChangedItsOwn() {
        planner.apply("""
                kind: Job
                name: half
                steps:
                  - { name: a, migrate: { from: { connection: shop, tables: [a] }, to: { connection: warehouse, table: "copy.{table}" } } }
                  - { name: b, migrate: { from: { connection: shop, tables: [b] }, to: { connection: warehouse, table: "copy.{table}" } } }
                """);
        planner.writers.refused = "b";

        RunId run = planner.start("half");
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.world.runRows).isEmpty();
        assertThat(planner.world.events).isEmpty();
    }

    @Test
    void highWaterMarkAdvancesOnlyWhenARunCompletes() {
        planner.apply("""
                kind: Job
                name: increments
                steps:
                  - name: copy
                    migrate:
                      from: { connection: shop, tables: [orders], incremental: { column: id } }
                      to: { connection: warehouse, table: "copy.{table}", mode: upsert, key: [id] }
                """);
        planner.readers.highWater = "100";
        RunId first = planner.start("increments");
        planner.workDuties();
        assertThat(whereOf(first)).contains("100").doesNotContain(">");
        planner.deliver(InMemoryWorld.failed(planner.take(SubtaskRead.class), ErrorCode.ROW_TOO_LARGE));
        planner.settle();
        assertThat(planner.stateOf(first)).isEqualTo(RunState.FAILED);

        RunId second = planner.start("increments");
        planner.workDuties();
        assertThat(whereOf(second)).contains("100").doesNotContain(">");
        planner.settle();
        assertThat(planner.stateOf(second)).isEqualTo(RunState.COMPLETED);

        planner.readers.highWater = "250";
        RunId third = planner.start("increments");
        planner.workDuties();
        assertThat(whereOf(third)).contains("> '100'").contains("<= '250'");
    }

    @Test
    void snapshotIsHeldForTheRunAndLetGoAtItsEnd() {
        planner.apply("""
                kind: Job
                name: one-moment
                steps:
                  - name: copy
                    migrate:
                      from: { connection: shop, tables: [orders, items], consistency: run }
                      to: { connection: warehouse, table: "copy.{table}" }
                """);
        RunId run = planner.start("one-moment");
        planner.settle();

        StepId step = StepId.of(run, "copy");
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.readers.asked)
                .filteredOn(HoldSnapshot.class::isInstance)
                .hasSize(1);
        assertThat(planner.readers.asked).endsWith(new ReleaseSnapshot(step));
        assertThat(table(run).snapshot()).isEqualTo("snapshot-1");
    }

    private String whereOf(RunId run) {
        String where = table(run).where();
        return where == null ? "" : where;
    }

    private TablePlan table(RunId run) {
        return planner.store.transact(session -> Documents.get(session, run + "/copy/0", TablePlan.class));
    }
}
