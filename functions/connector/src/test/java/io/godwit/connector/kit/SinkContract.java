package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.LedgerEntry;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every sink promises: each subtask's rows once or not at all, whatever breaks. */
public abstract class SinkContract extends SinkKit {
    protected SinkContract(TestedSink tested) {
        super(tested);
    }

    /** Ends the database as a loss of power would, and starts it again. */
    protected abstract void crash();

    /** Whether a transaction that was open when the database ended may go on once it is back. */
    protected boolean transactionsOutliveACrash() {
        return false;
    }

    @Test
    void writtenSubtaskIsInTheTargetAndInTheLedger() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);

        assertThat(step.write(sink, 0, Rows.of(1, 2)).wroteNow()).isTrue();

        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));
        assertThat(step.written(sink, 0)).isEqualTo(Rows.of(1, 2).tally());
    }

    @Test
    void subtaskWithoutRowsIsWrittenToo() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);

        assertThat(step.write(sink, 0, Rows.none()).wroteNow()).isTrue();

        assertThat(step.written(sink, 0)).isEqualTo(Tally.ZERO);
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void subtaskWrittenTwiceChangesNothing(WriteMode mode) {
        if (!has(mode)) {
            return;
        }
        Sink sink = sink();
        SinkStep step = prepared(mode, sink);
        AttemptId first = AttemptId.fresh();
        step.write(sink, 0, Rows.of(1, 2), first);

        SinkStep.Outcome again = step.write(sink, 0, Rows.of(3, 4));

        assertThat(again.held())
                .contains(new LedgerRow(step.subtask(0), first, Rows.of(1, 2).tally(), Tally.ZERO));
        step.publish(sink, 1);
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void abortedTransactionLeavesNoTrace(WriteMode mode) {
        if (!has(mode)) {
            return;
        }
        Sink sink = sink();
        SinkStep step = prepared(mode, sink);

        step.beginAndSend(sink, 0, Rows.of(1, 2)).close();

        assertThat(step.written(sink, 0)).isNull();
        assertThat(step.write(sink, 0, Rows.of(5)).wroteNow()).isTrue();
        step.publish(sink, 1);
        assertThat(step.content(sink)).isEqualTo(Rows.texts(5));
    }

    @Test
    void finishedButNotCommittedLeavesNoTrace() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);

        try (Sink.Transaction transaction = step.beginAndSend(sink, 0, Rows.of(1, 2))) {
            transaction.finish();
        }

        assertThat(step.written(sink, 0)).isNull();
        assertThat(step.content(sink)).isEmpty();
    }

    @Test
    void twoWritersAtOnceWriteOnce() throws Exception {
        SinkStep step = prepared(WriteMode.APPEND, sink());
        CountDownLatch both = new CountDownLatch(2);

        List<SinkStep.Outcome> outcomes = atOnce(2, number -> {
            Sink own = sink();
            both.countDown();
            both.await(10, TimeUnit.SECONDS);
            return step.write(own, 0, Rows.range(1, 500));
        });

        assertThat(outcomes).filteredOn(SinkStep.Outcome::wroteNow).hasSize(1);
        assertThat(outcomes).filteredOn(outcome -> outcome.held().isPresent()).hasSize(1);
        assertThat(step.content(sink())).hasSize(500);
    }

    @Test
    void secondWriterWritesWhereTheFirstBreaksOff() throws Exception {
        SinkStep step = prepared(WriteMode.APPEND, sink());
        Sink.Transaction first = step.beginAndSend(sink(), 0, Rows.of(1, 2));
        Sink second = sink();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<SinkStep.Outcome> waiting = executor.submit(() -> step.write(second, 0, Rows.of(3)));
            first.close();
            assertThat(waiting.get(60, TimeUnit.SECONDS).wroteNow()).isTrue();
        } finally {
            executor.shutdownNow();
        }
        assertThat(step.content(second)).isEqualTo(Rows.texts(3));
    }

    @Test
    void subtasksOfOneTableAreWrittenSideBySide() throws Exception {
        SinkStep step = prepared(WriteMode.APPEND, sink());

        atOnce(4, number -> step.write(sink(), number, Rows.range(number * 100L, number * 100L + 99)));

        Sink sink = sink();
        step.publish(sink, 4);
        assertThat(step.content(sink)).hasSize(400);
    }

    @Test
    void crashInMidWriteLeavesNothing() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);
        step.write(sink, 0, Rows.of(1));
        Sink.Transaction broken = step.beginAndSend(sink(), 1, Rows.range(10, 2000));

        crash();

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> {
            broken.finish();
            broken.commit();
        });
        broken.close();
        Sink after = sink();
        if (thrown == null && transactionsOutliveACrash()) {
            assertThat(step.content(after)).hasSize(1 + 1991);
            assertThat(step.written(after, 1)).isEqualTo(Rows.range(10, 2000).tally());
            return;
        }
        assertThat(thrown.code().isTransient()).isTrue();
        assertThat(step.content(after)).isEqualTo(Rows.texts(1));
        assertThat(step.written(after, 1)).isNull();
        assertThat(step.write(after, 1, Rows.of(2)).wroteNow()).isTrue();
    }

    /**
     * The rows that a reader recorded are written by whoever comes, while the first writer does not know yet that it
     * has lost.
     */
    @Test
    void attemptIsWrittenAgainAndItsLostWriterTakesNothingAway() {
        SinkStep step = prepared(WriteMode.APPEND, sink());
        AttemptId attempt = AttemptId.fresh();
        Rows rows = Rows.range(10, 2000);
        Sink.Transaction lost = step.beginAndSend(sink(), 0, rows, attempt);

        crash();

        assertThat(step.write(sink(), 0, rows, attempt).wroteNow()).isTrue();
        lost.close();
        Sink after = sink();
        step.publish(after, 1);
        assertThat(step.content(after)).hasSize(1991);
    }

    @Test
    void sinkGoesOnAfterItsSessionWasLost() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);

        crash();

        try {
            assertThat(step.write(sink, 0, Rows.of(1)).wroteNow()).isTrue();
        } catch (GodwitException lost) {
            assertThat(lost.code().isTransient()).isTrue();
            assertThat(step.write(sink, 0, Rows.of(1)).wroteNow()).isTrue();
        }
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1));
    }

    @Test
    void stepThatWasNeverPreparedIsAbsent() {
        Sink sink = sink();
        prepared(WriteMode.APPEND, sink);
        SinkStep unknown = step(WriteMode.APPEND);

        assertThat(unknown.write(sink, 0, Rows.of(1)).run()).isEqualTo(RunRow.ABSENT);
        assertThat(codeOf(() -> unknown.publish(sink, 0))).isEqualTo(ErrorCode.RUN_NOT_PREPARED);
        assertThat(unknown.fail(sink, 0).written()).isEmpty();
    }

    @Test
    void voidSubtaskIsNeverWritten() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);
        step.fail(sink, 0);

        SinkStep.Outcome outcome = step.write(sink, 0, Rows.of(1));

        assertThat(outcome.run()).isEqualTo(RunRow.CLOSED);
        assertThat(outcome.held()).contains(LedgerRow.voided(step.subtask(0)));
        assertThat(step.content(sink)).isEmpty();
    }

    @Test
    void writtenSubtaskIsNotVoided() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);
        step.write(sink, 0, Rows.of(1));

        assertThat(step.cancel(sink, 0, 1).written())
                .extracting(entry -> entry.subtask())
                .containsExactly(step.subtask(0));
    }

    @Test
    void subtaskThatIsVoidedInAnOpenStepIsNeverWrittenAndOthersAre() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);
        step.write(sink, 0, Rows.of(1));

        Ledger ledger = step.voidUnwritten(sink, 0, 1);

        assertThat(ledger.written()).extracting(LedgerEntry::subtask).containsExactly(step.subtask(0));
        assertThat(step.write(sink, 1, Rows.of(2)).held()).contains(LedgerRow.voided(step.subtask(1)));
        assertThat(step.write(sink, 2, Rows.of(3)).wroteNow()).isTrue();
        step.publishSplits(sink, 0, 2);
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 3));
    }

    @Test
    void voidingWaitsForWhoeverIsWriting() throws Exception {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);
        try (Sink.Transaction writing = step.beginAndSend(sink(), 0, Rows.of(1))) {
            CompletableFuture<Ledger> voided = CompletableFuture.supplyAsync(() -> step.voidUnwritten(sink, 0));
            writing.finish();
            writing.commit();

            assertThat(voided.get(30, TimeUnit.SECONDS).written())
                    .extracting(LedgerEntry::subtask)
                    .containsExactly(step.subtask(0));
        }
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1));
    }

    @Test
    void reopenedStepTakesBackItsVoids() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);
        step.write(sink, 0, Rows.of(1));
        step.fail(sink, 1);

        step.reopen(sink, 1);

        assertThat(step.write(sink, 1, Rows.of(2)).wroteNow()).isTrue();
        step.publish(sink, 2);
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));
    }

    @Test
    void cancelledStepStaysCancelled() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.APPEND, sink);
        step.cancel(sink, 0);

        assertThat(codeOf(() -> step.reopen(sink, 0))).isEqualTo(ErrorCode.RUN_CLOSED);
        assertThat(codeOf(() -> step.publish(sink, 0))).isEqualTo(ErrorCode.RUN_CLOSED);
        assertThat(codeOf(() -> step.prepare(sink))).isEqualTo(ErrorCode.RUN_CLOSED);
    }

    @Test
    void publishedStepAnswersAsThenAndTakesNothingMore() {
        Sink sink = sink();
        SinkStep step = prepared(orAppend(WriteMode.OVERWRITE), sink);
        step.write(sink, 0, Rows.of(1));
        var published = step.publish(sink, 1);

        assertThat(step.publish(sink, 1)).isEqualTo(published);
        assertThat(step.write(sink, 0, Rows.of(2)).run()).isEqualTo(RunRow.PUBLISHED);
        assertThat(step.write(sink, 1, Rows.of(2)).run()).isEqualTo(RunRow.PUBLISHED);
        assertThat(step.fail(sink, 1).written()).hasSize(1);
        assertThat(step.reopen(sink, 1).written()).hasSize(1);
        assertThat(step.publish(sink, 1)).isEqualTo(published);
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1));
    }

    @Test
    void stepIsNotPublishedBeforeAllIsWritten() {
        Sink sink = sink();
        SinkStep step = prepared(orAppend(WriteMode.OVERWRITE), sink);
        step.write(sink, 0, Rows.of(1));

        assertThat(codeOf(() -> step.publish(sink, 2))).isEqualTo(ErrorCode.LEDGER_INCOMPLETE);

        step.write(sink, 1, Rows.of(2));
        step.publish(sink, 2);
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));
    }

    @Test
    void subtaskThatNoPlanHasDoesNotStandForOneThatIsMissing() {
        Sink sink = sink();
        SinkStep step = prepared(orAppend(WriteMode.OVERWRITE), sink);
        step.write(sink, 0, Rows.of(1));
        step.write(sink, 7, Rows.of(2));

        assertThat(codeOf(() -> step.publish(sink, 2))).isEqualTo(ErrorCode.LEDGER_INCOMPLETE);
    }

    @Test
    void preparedTwiceIsPreparedOnce() {
        Sink sink = sink();
        SinkStep step = step(orAppend(WriteMode.OVERWRITE));
        Preparation first = step.prepare(sink);
        step.write(sink, 0, Rows.of(1));

        assertThat(step.prepare(sink)).isEqualTo(first);
        assertThat(step.prepare(sink())).isEqualTo(first);

        step.publish(sink, 1);
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1));
    }

    @Test
    void preparedByTwoPlannersAtOnceIsPreparedOnce() throws Exception {
        SinkStep step = step(orAppend(WriteMode.SWAP));

        List<Preparation> answers = atOnce(4, number -> step.prepare(sink()));

        assertThat(answers).containsOnly(answers.get(0));
    }

    @Test
    void publishedByTwoPlannersAtOnceIsPublishedOnce() throws Exception {
        Sink sink = sink();
        given(sink, Rows.of(7));
        SinkStep step = prepared(orAppend(WriteMode.SWAP), sink);
        step.write(sink, 0, Rows.of(1, 2));

        var answers = atOnce(3, number -> step.publish(sink(), 1));

        assertThat(answers).containsOnly(answers.get(0));
        assertThat(step.content(sink))
                .isEqualTo(orAppend(WriteMode.SWAP) == WriteMode.SWAP ? Rows.texts(1, 2) : Rows.texts(1, 2, 7));
    }

    @Test
    void previewChangesNothing() {
        Sink sink = sink();
        SinkStep step = step(WriteMode.APPEND);

        Preparation preview = sink.previewPreparation(step.question());

        assertThat(sink.describe(List.of(target))).isEmpty();
        assertThat(step.prepare(sink)).isEqualTo(preview);
        assertThat(sink.describe(List.of(target))).hasSize(1);
    }

    @Test
    void reportSaysWhatItIs() {
        assertThat(sink().test().product()).isNotBlank();
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int threads, Work<T> work) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(executor.submit(() -> work.run(number)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
