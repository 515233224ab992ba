package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskFailed.Phase;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What somebody may send who can send events, and what a broker may send that kept one for days: it leaves the store as
 * it was, and the run goes on.
 */
class ForgedEventsTest {
    private static final Tally ROWS = new Tally(7, 700, new Digest(77));
    private static final AttemptId FORGED = new AttemptId("f0");

    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void eventsThatFitNothingChangeNothing() {
        RunId run = running("forged", 6);
        SubtaskRead reading = planner.take(SubtaskRead.class);
        SubtaskId beingRead = reading.subtask();
        // The window has room for four.
        SubtaskId waiting = subtask(run, 5);
        SubtaskId ofNoPlan = subtask(run, 99);
        SubtaskId ofNoRun = new SubtaskId("another.20261122T020000Z/copy/0000/000000");
        List<String> before = stored();

        for (Event forged : List.of(
                written(beingRead, FORGED, ROWS),
                written(waiting, FORGED, ROWS),
                written(ofNoPlan, FORGED, ROWS),
                written(ofNoRun, FORGED, ROWS),
                ready(waiting, reading.lane()),
                ready(ofNoPlan, reading.lane()),
                ready(ofNoRun, reading.lane()),
                failed(beingRead, Phase.READ, null, 2, ErrorCode.SOURCE_REFUSED),
                failed(beingRead, Phase.WRITE, FORGED, 1, ErrorCode.ROW_REFUSED),
                failed(waiting, Phase.READ, null, 1, ErrorCode.SOURCE_REFUSED),
                failed(ofNoRun, Phase.READ, null, 1, ErrorCode.SOURCE_REFUSED))) {
            planner.deliver(forged);
            assertThat(stored()).as(forged.toString()).isEqualTo(before);
        }
        planner.world.publish(reading);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void rowsInATopicOfNoPoolAreRefused() {
        running("elsewhere", 1);
        SubtaskRead reading = planner.take(SubtaskRead.class);
        List<String> before = stored();

        assertThatThrownBy(() -> planner.deliver(ready(reading.subtask(), new Lane("payments", 0))))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.EVENT_MALFORMED));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void writtenByAnAttemptThatWasNeverAnnouncedIsAskedOfTheLedgerAndNotTaken() {
        RunId run = running("unannounced", 1);
        SubtaskWrite writing = writing();
        List<String> asked = askedOfSink();

        planner.deliver(written(writing.subtask(), FORGED, writing.read()));
        planner.workDuties();

        assertThat(asked).containsExactly("ledger");
        assertNothingIsWritten(run, writing);
    }

    @Test
    void writtenWithOtherRowsThanWereReadIsAskedOfTheLedgerAndNotTaken() {
        RunId run = running("miscounted", 1);
        SubtaskWrite writing = writing();

        planner.deliver(written(writing.subtask(), writing.attempt(), ROWS));
        planner.workDuties();

        assertNothingIsWritten(run, writing);
    }

    @Test
    void ledgerThatHoldsAnAttemptThatWasNeverAnnouncedFailsTheRun() {
        RunId run = running("restored", 1);
        SubtaskWrite writing = writing();
        planner.world.ledger.put(
                writing.subtask(), new LedgerRow(writing.subtask(), FORGED, writing.read(), Tally.ZERO));

        planner.deliver(written(writing.subtask(), FORGED, writing.read()));
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(run).error()).isNotNull().extracting("code").isEqualTo(ErrorCode.ROWS_DIFFER);
    }

    @Test
    void failureThatSaysThatAnOpenStepIsClosedDoesNotEndTheRun() {
        RunId run = running("not-closed", 1);
        SubtaskWrite writing = writing();

        planner.deliver(failed(writing.subtask(), Phase.WRITE, writing.attempt(), 1, ErrorCode.RUN_CLOSED));
        planner.workDuties();

        assertNothingIsWritten(run, writing);
    }

    @Test
    void failureOfAnotherAttemptDoesNotEndTheRun() {
        RunId run = running("not-failed", 1);
        SubtaskWrite writing = writing();
        List<String> before = stored();

        planner.deliver(failed(writing.subtask(), Phase.WRITE, FORGED, 1, ErrorCode.ROW_REFUSED));

        assertThat(stored()).isEqualTo(before);
        assertNothingIsWritten(run, writing);
    }

    /** Told of it as written by who knows what was read, the planner believes it; the sink does not publish it. */
    @Test
    void writtenThatSaysWhatWasReadDoesNotPublishWhatTheLedgerDoesNotHold() {
        RunId run = running("unwritten", 1);
        SubtaskWrite writing = writing();

        planner.deliver(written(writing.subtask(), writing.attempt(), writing.read()));
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(run).error()).isNotNull().extracting("code").isEqualTo(ErrorCode.LEDGER_INCOMPLETE);
        assertThat(planner.world.ledger).isEmpty();
    }

    @Test
    void subtaskThatNoPlanHasDoesNotStandForOneThatIsMissing() {
        RunId run = running("alias", 2);
        SubtaskRead other = planner.take(SubtaskRead.class);
        SubtaskWrite missing = writing();
        SubtaskId ofNoPlan = subtask(run, 99);
        planner.world.ledger.put(ofNoPlan, new LedgerRow(ofNoPlan, FORGED, Tally.ZERO, Tally.ZERO));

        planner.deliver(written(missing.subtask(), missing.attempt(), missing.read()));
        planner.world.publish(other);
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.FAILED);
        assertThat(planner.run(run).error()).isNotNull().extracting("code").isEqualTo(ErrorCode.LEDGER_INCOMPLETE);
    }

    /** No sum of them is a number. */
    @Test
    void absurdEstimatesStopNoRun() throws Exception {
        RunId run = running("absurd", 6);
        ControlStoreOfTests.run(planner.controlStore, "update planner.subtask set estimated_bytes = " + Long.MAX_VALUE);

        RunId another = running("another", 2);
        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.stateOf(another)).isEqualTo(RunState.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"CANCELLED", "FAILED", "COMPLETED"})
    void eventsOfARunThatHasEndedChangeNothing(RunState end) {
        RunId run = running("ended", 3);
        SubtaskRead reading = planner.take(SubtaskRead.class);
        SubtaskWrite writing = writing();
        Event ready = planner.world.read(reading);
        Event readFailed = InMemoryWorld.failed(reading, ErrorCode.SOURCE_INTERRUPTED);
        Event writeFailed = InMemoryWorld.failed(writing, ErrorCode.ROW_REFUSED);
        Event forged = written(writing.subtask(), FORGED, ROWS);
        switch (end) {
            case CANCELLED -> planner.planner.controls().control(run, Action.CANCEL);
            case FAILED -> planner.deliver(InMemoryWorld.failed(reading, ErrorCode.ROW_TOO_LARGE));
            default -> {
                planner.world.publish(reading);
                planner.world.publish(writing);
            }
        }
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(end);
        List<String> before = stored();
        int held = planner.world.ledger.size();

        for (Event late : List.of(ready, readFailed, writeFailed, forged)) {
            planner.deliver(late);
            planner.deliver(late);
        }
        planner.workDuties();

        assertThat(stored()).isEqualTo(before);
        assertThat(planner.world.events).isEmpty();
        assertThat(planner.world.ledger).hasSize(held);
    }

    private void assertNothingIsWritten(RunId run, SubtaskWrite writing) {
        assertThat(planner.world.ledger).isEmpty();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.RUNNING);
        planner.world.publish(writing);
        planner.settle();
        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.ledger.get(writing.subtask()))
                .isNotNull()
                .extracting(LedgerRow::attempt)
                .isEqualTo(writing.attempt());
    }

    private RunId running(String job, int splits) {
        planner.readers.splitsByTable.put("orders", splits);
        planner.apply(PlannerFixture.job(job, "orders"));
        RunId run = planner.start(job);
        planner.workDuties();
        return run;
    }

    /** Has one subtask read, and takes the event that has it written. */
    private SubtaskWrite writing() {
        planner.deliver(planner.world.read(planner.take(SubtaskRead.class)));
        return planner.take(SubtaskWrite.class);
    }

    private List<String> askedOfSink() {
        List<String> asked = new ArrayList<>();
        planner.writers.onAsk = (question, step) -> asked.add(question);
        return asked;
    }

    /** What the planner keeps of runs, and what it has to do. */
    private List<String> stored() {
        return ControlStoreOfTests.texts(planner.controlStore, """
                select r::text from planner.run r union all select s::text from planner.step s
                union all select s::text from planner.subtask s union all select l::text from planner.lane l
                union all select e::text from planner.earlier_attempt e
                union all select d::text from planner.duty d order by 1
                """);
    }

    private static SubtaskId subtask(RunId run, int split) {
        return SubtaskId.of(StepId.of(run, "copy"), 0, split);
    }

    private static Event written(SubtaskId subtask, AttemptId attempt, Tally rows) {
        return new SubtaskWritten(subtask, attempt, rows, Tally.ZERO, 1);
    }

    private static Event ready(SubtaskId subtask, Lane lane) {
        return new RowsReady(subtask, FORGED, new BatchRange(lane, 0, 3, 2), ROWS, 1);
    }

    private static Event failed(
            SubtaskId subtask, Phase phase, @Nullable AttemptId attempt, int dispatch, ErrorCode code) {
        return new SubtaskFailed(subtask, phase, attempt, dispatch, new ErrorInfo(code, "forged", ""));
    }
}
