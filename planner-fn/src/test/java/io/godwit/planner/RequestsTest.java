package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.event.Event.RunRequested;
import io.godwit.core.event.Fact;
import io.godwit.core.question.PlannerQuestions.AppliedDocument.Change;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.JobSummary;
import io.godwit.core.question.PlannerQuestions.JobsQuestion;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final Instant PLAN_TIME = Instant.parse("2026-11-22T02:00:00Z");

    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void fileAppliedTwiceChangesNothing() {
        JobFile file = new JobFile("a.yaml", PlannerFixture.connections() + PlannerFixture.job("nightly", "orders"));

        assertThat(planner.planner.answers().apply(file).documents())
                .allMatch(document -> document.change() == Change.NEW);
        assertThat(planner.planner.answers().apply(file).documents())
                .hasSize(3)
                .allMatch(document -> document.change() == Change.UNCHANGED);
        JobFile changed = new JobFile("a.yaml", PlannerFixture.connections() + PlannerFixture.job("nightly", "items"));
        assertThat(planner.planner.answers().apply(changed).documents())
                .extracting(document -> document.change())
                .containsExactly(Change.UNCHANGED, Change.UNCHANGED, Change.CHANGED);
    }

    @Test
    void jobOfAnUnknownConnectionIsRefusedWithItsPlace() {
        assertThatThrownBy(() ->
                        planner.planner.answers().apply(new JobFile("a.yaml", PlannerFixture.job("nightly", "orders"))))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("a.yaml:")
                .hasMessageContaining("shop");
    }

    @Test
    void requestThatComesTwiceMakesOneRun() {
        planner.apply(PlannerFixture.job("nightly", "orders"));
        RunRequested request = new RunRequested("nightly", PLAN_TIME, Map.of());

        planner.planner.requests().requested(request);
        planner.planner.requests().requested(request);
        planner.settle();

        RunId run = RunId.of("nightly", PLAN_TIME);
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.statesOf(run)).containsOnlyOnce(RunState.REQUESTED);
    }

    @Test
    void requestOfAnUnknownJobIsDroppedAndAQuestionIsRefused() {
        planner.planner.requests().requested(new RunRequested("nobody", PLAN_TIME, Map.of()));

        assertThatThrownBy(() -> planner.start("nobody"))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void unfinishedRunOfTheSameJobIsGoneOnWith() {
        planner.apply(PlannerFixture.job("nightly", "orders"));
        RunId first = planner.start("nightly");

        Started second = planner.planner.answers().start(new StartRun("nightly", null, Map.of()));

        assertThat(second.run()).isEqualTo(first);
        assertThat(second.continued()).isTrue();
        planner.settle();
        assertThat(planner.start("nightly")).isNotEqualTo(first);
    }

    @Test
    void unfinishedRunOfAnotherDefinitionIsInTheWay() {
        planner.apply(PlannerFixture.job("nightly", "orders"));
        RunId first = planner.start("nightly");
        planner.apply(PlannerFixture.job("nightly", "items"));

        assertThatThrownBy(() -> planner.start("nightly"))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining(first.value());
        planner.planner.controls().control(first, Action.CANCEL);
        assertThat(planner.start("nightly")).isNotEqualTo(first);
    }

    @Test
    void jobIsDueByItsScheduleAndTheLatestMissedTimeIsMadeUpForOnce() {
        planner.apply(scheduled("hourly"));
        planner.sql("update planner.job set next_due = date_trunc('hour', now()) - interval '5 hours'");

        planner.planner.sweep().sweep();
        planner.settle();

        JobSummary job = job("hourly");
        assertThat(job.lastState()).isEqualTo(RunState.COMPLETED);
        assertThat(job.nextRun()).isAfter(Instant.now());
        planner.planner.sweep().sweep();
        assertThat(job("hourly").lastRun()).isEqualTo(job.lastRun());
    }

    @Test
    void dueRunIsLeftOutWhileTheLastOneHasNotEnded() {
        planner.apply(scheduled("hourly"));
        RunId busy = planner.start("hourly");
        planner.sql("update planner.job set next_due = now() - interval '1 minute'");

        planner.planner.sweep().sweep();
        planner.settle();

        assertThat(job("hourly").lastRun()).isEqualTo(busy);
        assertThat(planner.factsOf(busy))
                .anySatisfy(fact -> assertThat(fact)
                        .isInstanceOfSatisfying(
                                Fact.Noted.class,
                                noted -> assertThat(noted.text()).contains("is left out")));
    }

    @Test
    void jobRunsOnceAllThatItWaitsForHaveCompletedForThePlanTime() {
        planner.apply(PlannerFixture.job("first", "orders"));
        planner.apply(PlannerFixture.job("second", "items"));
        planner.apply(PlannerFixture.job("third", "facts") + "after: [first, second]\n");

        planner.start("first", PLAN_TIME);
        planner.settle();
        assertThat(job("third").lastRun()).isNull();
        planner.start("second", PLAN_TIME);
        planner.settle();

        assertThat(job("third").lastRun()).isEqualTo(RunId.of("third", PLAN_TIME));
        assertThat(job("third").lastState()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void planTimeIsCutToMilliseconds() {
        planner.apply(PlannerFixture.job("precise", "orders"));
        Instant nanos = Instant.parse("2026-11-22T02:00:00.123456789Z");

        RunId run = planner.start("precise", nanos);
        planner.settle();

        assertThat(run.value()).isEqualTo("precise.20261122T020000.123Z");
        assertThat(planner.start("precise", nanos)).isEqualTo(run);
    }

    private JobSummary job(String name) {
        List<JobSummary> jobs =
                planner.planner.answers().jobs(new JobsQuestion()).jobs();
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst().orElseThrow();
    }

    private static String scheduled(String name) {
        return PlannerFixture.job(name, "orders") + "schedule: { cron: \"0 * * * *\" }\n";
    }
}
