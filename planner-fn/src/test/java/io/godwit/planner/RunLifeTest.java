package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Fact;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunLifeTest {
    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void runOfTwoTablesCompletes() {
        planner.readers.splitsByTable.put("orders", 7);
        planner.apply(PlannerFixture.job("nightly", "orders", "items"));
        RunId run = planner.start("nightly");

        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.ledger).hasSize(8);
        assertThat(planner.world.runRows).containsEntry(StepId.of(run, "copy"), RunRow.PUBLISHED);
        assertThat(planner.statesOf(run))
                .containsExactly(
                        RunState.REQUESTED,
                        RunState.PLANNING,
                        RunState.RUNNING,
                        RunState.PUBLISHING,
                        RunState.COMPLETED);
        assertThat(planner.factsOf(run))
                .filteredOn(Fact.SubtaskWasWritten.class::isInstance)
                .hasSize(8);
    }

    /** What is left in the exchange then is noise. A retry begins with a key of its own. */
    @Test
    void keyOfARunIsDestroyedWhenItHasEnded() {
        RunId run = running("sealed", 2);
        String first = keyOf(run);
        assertThat(first).hasSize(64);
        planner.planner.controls().control(run, Action.PAUSE);
        planner.planner.controls().control(run, Action.RESUME);
        assertThat(keyOf(run)).isEqualTo(first);

        SubtaskRead read = planner.take(SubtaskRead.class);
        planner.deliver(new SubtaskFailed(
                read.subtask(),
                SubtaskFailed.Phase.READ,
                null,
                read.dispatch(),
                new ErrorInfo(ErrorCode.DEFECT, "", "")));
        planner.workDuties();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(keyOf(run)).isEqualTo("destroyed");

        planner.planner.controls().control(run, Action.RETRY);
        assertThat(keyOf(run)).hasSize(64).isNotEqualTo(first);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(keyOf(run)).isEqualTo("destroyed");
    }

    private String keyOf(RunId run) {
        return ControlStoreOfTests.texts(
                        planner.controlStore,
                        "select coalesce(encode(key, 'hex'), 'destroyed') from godwit.run_key where run = '" + run
                                + "'")
                .get(0);
    }

    @Test
    void eventsSentTwiceChangeNothing() {
        RunId run = running("doubled", 1);
        SubtaskRead read = planner.take(SubtaskRead.class);
        var ready = planner.world.read(read);
        planner.deliver(ready);
        planner.deliver(ready);
        planner.deliver(planner.world.read(read));
        SubtaskWrite write = planner.take(SubtaskWrite.class);
        assertThat(planner.world.events).isEmpty();
        var written = planner.world.write(write);
        planner.deliver(written);
        planner.deliver(written);
        planner.deliver(ready);
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.factsOf(run))
                .filteredOn(Fact.SubtaskWasWritten.class::isInstance)
                .hasSize(1);
    }

    @Test
    void eventsOfAnUnknownRunChangeNothing() {
        RunId run = running("known", 1);
        SubtaskRead read = planner.take(SubtaskRead.class);
        planner.sql("delete from planner.subtask");
        planner.deliver(planner.world.read(read));
        planner.sql("delete from planner.run");
        planner.deliver(planner.world.read(read));

        assertThat(planner.world.events).isEmpty();
        assertThat(run.job()).isEqualTo("known");
    }

    @Test
    void pausedRunEndsWhatIsUnderWayAndGoesOnWhenResumed() {
        RunId run = running("paused", 20);
        planner.planner.controls().control(run, Action.PAUSE);

        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.PAUSED);
        assertThat(planner.world.ledger).hasSize(4);
        planner.planner.controls().control(run, Action.RESUME);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.ledger).hasSize(20);
    }

    @Test
    void runWhoseLastSubtaskIsWrittenWhilePausedPublishesWhenResumed() {
        RunId run = running("paused-late", 2);
        planner.planner.controls().control(run, Action.PAUSE);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.PAUSED);

        planner.planner.controls().control(run, Action.RESUME);
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void cancelledRunIsClosedInTheSinkAndStaleEventsAreRefused() {
        RunId run = running("cancelled", 6);
        planner.deliver(planner.world.read(planner.take(SubtaskRead.class)));
        SubtaskWrite write = planner.take(SubtaskWrite.class);

        assertThat(planner.planner.controls().control(run, Action.CANCEL).state())
                .isEqualTo(RunState.CANCELLED);
        planner.workDuties();

        assertThat(planner.world.runRows).containsEntry(StepId.of(run, "copy"), RunRow.CLOSED);
        assertThat(planner.world.ledger.get(write.subtask()))
                .isNotNull()
                .extracting(LedgerRow::isVoid)
                .isEqualTo(true);
        planner.world.publish(planner.world.write(write));
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.CANCELLED);
        assertThat(planner.world.ledger.values()).allMatch(LedgerRow::isVoid);
    }

    @Test
    void whatIsWrittenBeforeACancelIsCounted() {
        RunId run = running("cancelled-late", 3);
        planner.deliver(planner.world.read(planner.take(SubtaskRead.class)));
        planner.world.write(planner.take(SubtaskWrite.class));

        planner.planner.controls().control(run, Action.CANCEL);
        planner.workDuties();

        assertThat(planner.factsOf(run))
                .filteredOn(Fact.SubtaskWasWritten.class::isInstance)
                .hasSize(1);
    }

    @Test
    void refusedRowFailsTheRunAndARetryGoesOnFromTheLastWrittenSubtask() {
        RunId run = running("refused", 5);
        planner.deliver(planner.world.read(planner.take(SubtaskRead.class)));
        planner.deliver(planner.world.read(planner.take(SubtaskRead.class)));
        planner.deliver(planner.world.write(planner.take(SubtaskWrite.class)));
        planner.deliver(InMemoryWorld.failed(planner.take(SubtaskWrite.class), ErrorCode.ROW_REFUSED));
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(run).error()).isNotNull().extracting("code").isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(planner.world.runRows).containsEntry(StepId.of(run, "copy"), RunRow.CLOSED);
        long written = planner.world.ledger.values().stream()
                .filter(row -> !row.isVoid())
                .count();
        assertThat(written).isPositive();
        int reads = planner.world.reads;

        planner.planner.controls().control(run, Action.RETRY);
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.reads - reads).isEqualTo(5 - written);
        assertThat(planner.statesOf(run)).containsSubsequence(RunState.FAILED, RunState.RUNNING, RunState.COMPLETED);
    }

    @Test
    void unreachableSinkFailsTheRunOnceAttemptsAreExhausted() {
        RunId run = running("unreachable", 1);
        planner.deliver(planner.world.read(planner.take(SubtaskRead.class)));
        for (int i = 0; i < 20; i++) {
            planner.deliver(InMemoryWorld.failed(planner.take(SubtaskWrite.class), ErrorCode.SINK_UNREACHABLE));
            planner.sql("update planner.subtask set not_before = now() where not_before is not null");
            planner.planner.sweep().sweep();
        }
        planner.workDuties();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(run).error()).isNotNull().extracting("code").isEqualTo(ErrorCode.ATTEMPTS_EXHAUSTED);
    }

    @Test
    void runIsFailedEvenWhileItsSinkCannotBeClosed() {
        RunId run = running("sink-away", 2);
        planner.writers.onAsk = (question, step) -> {
            throw InMemoryWorld.error(ErrorCode.SINK_UNREACHABLE);
        };
        planner.deliver(InMemoryWorld.failed(planner.take(SubtaskRead.class), ErrorCode.ROW_TOO_LARGE));
        for (int i = 0; i < 3; i++) {
            planner.sql("update planner.duty set not_before = now()");
            planner.workDuties();
        }
        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.world.runRows).containsEntry(StepId.of(run, "copy"), RunRow.OPEN);

        planner.writers.onAsk = (question, step) -> {};
        planner.sql("update planner.duty set not_before = now()");
        planner.workDuties();

        assertThat(planner.world.runRows).containsEntry(StepId.of(run, "copy"), RunRow.CLOSED);
    }

    @Test
    void sourceThatRefusesFailsThePlanAndARetryPlansAnew() {
        planner.readers.refusal = ErrorCode.SOURCE_LOGIN_REFUSED;
        planner.apply(PlannerFixture.job("locked-out", "orders"));
        RunId run = planner.start("locked-out");
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);

        planner.readers.refusal = null;
        planner.planner.controls().control(run, Action.RETRY);
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void deadPlannersRunIsPlannedByWhoeverComesWhenItsLeaseLapsed() {
        planner.apply(PlannerFixture.job("orphan", "orders"));
        RunId run = planner.start("orphan");
        planner.sql("update planner.duty set holder = 'dead', lease_until = now() + interval '1 hour'");
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.REQUESTED);

        planner.sql("update planner.duty set lease_until = now()");
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void plannerThatLostItsLeaseDoesNotCount() {
        planner.apply(PlannerFixture.job("overtaken", "orders"));
        RunId run = planner.start("overtaken");
        planner.writers.onAsk = (question, step) ->
                planner.sql("update planner.duty set holder = 'another', lease_until = now() + interval '1 hour'");
        planner.workDuties();
        assertThat(planner.world.events).isEmpty();

        planner.writers.onAsk = (question, step) -> {};
        planner.sql("update planner.duty set lease_until = now()");
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void cancelWhileTheSinkIsPreparedClosesItAfter() {
        planner.apply(PlannerFixture.job("raced", "orders"));
        RunId run = planner.start("raced");
        planner.writers.onAsk = (question, step) -> {
            if (question.equals("prepare")) {
                planner.planner.controls().control(run, Action.CANCEL);
            }
        };
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.CANCELLED);
        assertThat(planner.world.runRows).containsEntry(StepId.of(run, "copy"), RunRow.CLOSED);
    }

    @Test
    void stepClosedBehindThePlannersBackFailsTheRun() {
        RunId run = running("closed", 3);
        planner.world.runRows.put(StepId.of(run, "copy"), RunRow.CLOSED);
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(run).error()).isNotNull().extracting("code").isEqualTo(ErrorCode.RUN_CLOSED);
    }

    @Test
    void sinkThatLostWhatItHadWrittenGetsItAgainOnRetry() {
        RunId run = running("forgetful", 4);
        planner.writers.onAsk = (question, step) -> {
            if (question.equals("publish")) {
                planner.world.ledger.remove(
                        planner.world.ledger.keySet().iterator().next());
            }
        };
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(run).error()).isNotNull().extracting("code").isEqualTo(ErrorCode.LEDGER_INCOMPLETE);

        planner.writers.onAsk = (question, step) -> {};
        planner.planner.controls().control(run, Action.RETRY);
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.ledger).hasSize(4);
    }

    @Test
    void completedRunCannotBeCancelled() {
        RunId run = running("done", 1);
        planner.settle();

        assertThatThrownBy(() -> planner.planner.controls().control(run, Action.CANCEL))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.RUN_STATE_REFUSES));
    }

    @Test
    void pausedRunIsToBeGoneOnWithAndNotTriedAgain() {
        RunId run = running("paused-retry", 1);
        planner.planner.controls().control(run, Action.PAUSE);

        assertThatThrownBy(() -> planner.planner.controls().control(run, Action.RETRY))
                .hasMessage("run " + run + " is PAUSED: it cannot be asked to retry")
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.remedy()).isEqualTo("Go on with it: godwit resume " + run));
    }

    private RunId running(String job, int splits) {
        planner.readers.splitsByTable.put("orders", splits);
        planner.apply(PlannerFixture.job(job, "orders"));
        RunId run = planner.start(job);
        planner.workDuties();
        return run;
    }
}
