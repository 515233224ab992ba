package io.godwit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.port.BatchReader;
import io.godwit.core.port.Probe;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import io.godwit.platform.kit.TestServers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubtaskWriterTest {
    private final WrittenStep step = new WrittenStep();

    @Test
    void subtaskIsWrittenAndReportedAsRead() {
        SubtaskWrite event = step.read(0, 1, 2, 3);

        Event reply = step.writer().write(event);

        assertThat(reply).isInstanceOfSatisfying(SubtaskWritten.class, written -> {
            assertThat(written.attempt()).isEqualTo(event.attempt());
            assertThat(written.written()).isEqualTo(event.read());
            assertThat(written.quarantined()).isEqualTo(Tally.ZERO);
        });
        assertThat(step.target()).containsExactly(1L, 2L, 3L);
        assertThat(step.ledger())
                .singleElement()
                .satisfies(entry -> assertThat(entry.written()).isEqualTo(event.read()));
    }

    @Test
    void redeliveredSubtaskIsWrittenOnce() {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        Event first = step.writer().write(event);

        Event second = step.writer().write(event);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(step.target()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void subtaskReadTwiceIsWrittenOnceAndReportedWithTheFirstAttempt() {
        SubtaskWrite first = step.read(0, 1, 2);
        SubtaskWrite second = step.read(0, 1, 2, 3);
        step.writer().write(first);

        Event reply = step.writer().write(second);

        assertThat(reply)
                .isInstanceOfSatisfying(
                        SubtaskWritten.class,
                        written -> assertThat(written.attempt()).isEqualTo(first.attempt()));
        assertThat(step.target()).containsExactly(1L, 2L);
    }

    @Test
    void subtaskWithoutRowsIsInTheLedger() {
        assertThat(step.writer().write(step.read(0))).isInstanceOf(SubtaskWritten.class);

        assertThat(step.ledger())
                .singleElement()
                .satisfies(entry -> assertThat(entry.written()).isEqualTo(Tally.ZERO));
    }

    @Test
    void batchesOfAnotherAttemptThatLieBetweenAreLeftOut() {
        SubtaskWrite event = step.read(
                0,
                batch -> {
                    if (batch.sequence() == 1) {
                        step.read(4, 7, 8, 9);
                    }
                    return batch;
                },
                1,
                2,
                3,
                4,
                5);

        step.writer().write(event);

        assertThat(event.range().lastOffset() - event.range().firstOffset())
                .isGreaterThan(event.range().batches());
        assertThat(step.target()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void twoWritersAtOnceWriteOnce() throws Exception {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        CountDownLatch firstHasClaimed = new CountDownLatch(1);
        CountDownLatch secondHasBegun = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Event> first = threads.submit(() -> step.writer(
                            TestServers.exchange().reader(), at(Probe.Step.LEDGER_CLAIMED, () -> {
                                firstHasClaimed.countDown();
                                await(secondHasBegun);
                            }))
                    .write(event));
            await(firstHasClaimed);
            Future<Event> second = threads.submit(() -> step.writer(
                            TestServers.exchange().reader(), at(Probe.Step.RUN_LOCKED, secondHasBegun::countDown))
                    .write(event));

            assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(SubtaskWritten.class);
            assertThat(second.get(30, TimeUnit.SECONDS)).isInstanceOf(SubtaskWritten.class);
        } finally {
            threads.shutdownNow();
        }
        assertThat(step.target()).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE_STARTED", "RUN_LOCKED", "LEDGER_CLAIMED", "ROWS_WRITTEN", "COMMITTED"})
    void writerThatDiesAtAnyStepIsFollowedByOneThatWritesOnce(Probe.Step step) {
        SubtaskWrite event = this.step.read(0, 1, 2, 3);
        SubtaskWriter dying = this.step.writer(TestServers.exchange().reader(), at(step, () -> {
            throw new Death();
        }));
        assertThatExceptionOfType(Death.class).isThrownBy(() -> dying.write(event));

        Event reply = this.step.writer().write(event);

        assertThat(reply).isInstanceOf(SubtaskWritten.class);
        assertThat(this.step.target()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void deletedRecordsAreReportedAndLeaveNoTrace() {
        SubtaskWrite event = step.read(0, 1, 2, 3, 4, 5, 6);
        TestServers.deleteRecords(event.range().lane(), event.range().firstOffset() + 1);

        Event reply = step.writer(TestServers.freshReader(), Probe.NONE).write(event);

        assertFailed(reply, ErrorCode.EXCHANGE_RECORDS_LOST);
        assertThat(step.target()).isEmpty();
        assertThat(step.ledger()).isEmpty();
    }

    @Test
    void subtaskWhoseRecordsWereLostIsWrittenWhenReadAgain() {
        SubtaskWrite lost = step.read(0, 1, 2, 3, 4, 5, 6);
        TestServers.deleteRecords(lost.range().lane(), lost.range().lastOffset() + 1);
        assertFailed(step.writer(TestServers.freshReader(), Probe.NONE).write(lost), ErrorCode.EXCHANGE_RECORDS_LOST);

        assertThat(step.writer().write(step.read(0, 1, 2, 3))).isInstanceOf(SubtaskWritten.class);

        assertThat(step.target()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void alteredBatchIsReportedAndLeavesNoTrace() {
        SubtaskWrite event = step.read(0, SubtaskWriterTest::altered, 1, 2, 3);

        Event reply = step.writer().write(event);

        assertFailed(reply, ErrorCode.EXCHANGE_RECORDS_LOST);
        assertThat(step.target()).isEmpty();
        assertThat(step.ledger()).isEmpty();
    }

    @Test
    void otherRowsThanAnnouncedAreReportedAndLeaveNoTrace() {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        Tally other = new Tally(
                3, event.read().bytes(), new Digest(event.read().digest().sum() + 1));

        Event reply = step.writer().write(step.event(0, event.attempt(), event.range(), other));

        assertFailed(reply, ErrorCode.EXCHANGE_RECORDS_LOST);
        assertThat(step.target()).isEmpty();
    }

    @Test
    void rowThatTheTargetRefusesFailsTheSubtaskAndLeavesNoTrace() {
        step.giveTargetItsKey();
        step.writer().write(step.read(0, 1, 2));

        Event reply = step.writer().write(step.read(1, 2, 3));

        assertFailed(reply, ErrorCode.ROW_REFUSED);
        assertThat(step.target()).containsExactly(1L, 2L);
    }

    @Test
    void eventAfterTheRunWasCancelledIsRefused() {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        step.cancel();

        assertFailed(step.writer().write(event), ErrorCode.RUN_CLOSED);
        assertThat(step.target()).isEmpty();
    }

    @Test
    void eventAfterTheRunWasPublishedReportsWhatTheLedgerSays() {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        Event first = step.writer().write(event);
        step.publish(1);

        assertThat(step.writer().write(event).id()).isEqualTo(first.id());
        assertThat(step.target()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void voidedSubtaskIsNotWrittenUntilItsRunIsOpenedAgain() {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        step.fail(step.subtask(0));
        assertFailed(step.writer().write(event), ErrorCode.SUBTASK_VOID);

        step.reopen(step.subtask(0));

        assertThat(step.writer().write(event)).isInstanceOf(SubtaskWritten.class);
        assertThat(step.target()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void closingWaitsForTheWriterThatHasLockedTheRun() throws Exception {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        ExecutorService closer = Executors.newSingleThreadExecutor();
        AtomicReference<Future<?>> closing = new AtomicReference<>();
        try {
            Event reply = step.writer(
                            TestServers.exchange().reader(),
                            at(
                                    Probe.Step.ROWS_WRITTEN,
                                    () -> closing.set(closer.submit(() -> step.cancel(step.subtask(0))))))
                    .write(event);
            closing.get().get(30, TimeUnit.SECONDS);

            assertThat(reply).isInstanceOf(SubtaskWritten.class);
        } finally {
            closer.shutdownNow();
        }
        assertThat(step.target()).containsExactly(1L, 2L, 3L);
        assertThat(step.ledger()).hasSize(1);
    }

    @Test
    void exchangeThatIsAwayIsNotReportedButTriedAgain() {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        BatchReader away = new BatchReader() {
            @Override
            public void read(BatchRange range, AttemptId attempt, Consumer<Batch> batches) {
                throw new GodwitException(ErrorCode.EXCHANGE_UNREACHABLE, "no broker", "");
            }
        };

        assertThatThrownBy(() -> step.writer(away, Probe.NONE).write(event))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.EXCHANGE_UNREACHABLE));
        assertThat(step.writer().write(event)).isInstanceOf(SubtaskWritten.class);
    }

    @Test
    void eventWhoseTablePlanIsGoneIsRefused() {
        SubtaskWrite event = step.read(0, 1);

        assertFailed(new WrittenStep().writer().write(event), ErrorCode.NOT_FOUND);
    }

    /** A failure would end the run in whose name it comes: it is a dead letter instead. */
    @Test
    void eventWithThePlanOfAnotherRunIsRefusedAndLeavesNoTrace() {
        WrittenStep other = new WrittenStep();
        SubtaskWrite event = step.read(0, 1, 2, 3);
        SubtaskWrite forged = new SubtaskWrite(
                event.subtask(), other.tablePlan().id(), "default", event.attempt(), event.range(), event.read(), 1);

        assertThatThrownBy(() -> other.writer().write(forged))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.EVENT_MALFORMED));
        assertNoTrace(step);
        assertNoTrace(other);
    }

    @Test
    void rowsThatWereReadOnceAreWrittenIntoEachTargetOnce() {
        WrittenStep other = step.readTogether();
        SubtaskWrite event = step.read(0, 1, 2, 3);

        assertThat(step.writer().write(event)).isInstanceOf(SubtaskWritten.class);
        assertThat(other.writer().write(other.readAs(event))).isInstanceOf(SubtaskWritten.class);
        assertThat(other.writer().write(other.readAs(event))).isInstanceOf(SubtaskWritten.class);

        assertThat(step.target()).containsExactly(1L, 2L, 3L);
        assertThat(other.target()).containsExactly(1L, 2L, 3L);
        assertThat(other.ledger())
                .singleElement()
                .satisfies(row -> assertThat(row.subtask()).isEqualTo(other.subtask(0)));
    }

    @Test
    void rowsOfAStepThatIsNotReadTogetherAreRefused() {
        WrittenStep other = new WrittenStep();

        assertThatThrownBy(() -> other.writer().write(other.readAs(step.read(0, 1, 2, 3))))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.EVENT_MALFORMED));
        assertNoTrace(other);
    }

    @Test
    void rowsOfAnotherSubtaskAreNotWrittenInItsName() {
        SubtaskWrite first = step.read(0, 1, 2, 3);

        Event reply = step.writer().write(step.event(1, first.attempt(), first.range(), first.read()));

        assertFailed(reply, ErrorCode.EXCHANGE_RECORDS_LOST);
        assertNoTrace(step);
        assertThat(step.writer().write(first)).isInstanceOf(SubtaskWritten.class);
    }

    @Test
    void rowsInATopicThatIsNotForRowsAreNotRead() {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        BatchRange elsewhere = new BatchRange(
                new Lane("payments", 0),
                event.range().firstOffset(),
                event.range().lastOffset(),
                event.range().batches());

        Event reply = step.writer().write(step.event(0, event.attempt(), elsewhere, event.read()));

        assertFailed(reply, ErrorCode.EVENT_MALFORMED);
        assertNoTrace(step);
    }

    @Test
    void offsetsBeyondTheLanesEndLeaveNoTrace() {
        SubtaskWrite event = step.read(0, 1, 2, 3);
        long far = 1L << 40;
        BatchRange beyond = new BatchRange(
                event.range().lane(),
                far,
                far + event.range().batches(),
                event.range().batches());

        Event reply = step.writer().write(step.event(0, event.attempt(), beyond, event.read()));

        assertFailed(reply, ErrorCode.EXCHANGE_RECORDS_LOST);
        assertNoTrace(step);
    }

    @Test
    void attemptThatNobodyMadeLeavesNoTrace() {
        SubtaskWrite event = step.read(0, 1, 2, 3);

        Event reply = step.writer().write(step.event(0, AttemptId.fresh(), event.range(), event.read()));

        assertFailed(reply, ErrorCode.EXCHANGE_RECORDS_LOST);
        assertNoTrace(step);
    }

    private static void assertNoTrace(WrittenStep step) {
        assertThat(step.target()).isEmpty();
        assertThat(step.ledger()).isEmpty();
    }

    private static void assertFailed(Event reply, ErrorCode code) {
        assertThat(reply).isInstanceOfSatisfying(SubtaskFailed.class, failed -> {
            assertThat(failed.error().code()).isEqualTo(code);
            assertThat(failed.phase()).isEqualTo(SubtaskFailed.Phase.WRITE);
        });
    }

    /** Changes the last byte of the batch's last text: its structure stays whole. */
    private static Batch altered(Batch batch) {
        byte[] payload = batch.payload().clone();
        payload[payload.length - 1] ^= 1;
        return new Batch(batch.subtask(), batch.attempt(), batch.sequence(), batch.rows(), payload);
    }

    private static Probe at(Probe.Step wanted, Runnable action) {
        return (step, subtask) -> {
            if (step == wanted) {
                action.run();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A process that ends between one effect and the next. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }
}
