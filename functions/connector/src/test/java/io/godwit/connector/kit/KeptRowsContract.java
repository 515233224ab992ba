package io.godwit.connector.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.question.SinkQuestions.LedgerEntry;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every sink does with the rows that a reader refused: it keeps them in the transaction of their subtask. */
public abstract class KeptRowsContract extends SinkKit {
    protected KeptRowsContract(TestedSink tested) {
        super(tested);
    }

    @Test
    void stepThatWasNeverPreparedHasNone() {
        assertThat(page(sink(), step(WriteMode.APPEND), null, 10)).isEmpty();
    }

    @Test
    void rowsThatTheReaderRefusedAreKeptAmongThoseThatAreWritten() {
        Sink sink = sink();
        SinkStep step = bearing(sink, 100L);
        ReaderRefusal raw = refusal("people.csv, line 17", RowForm.RAW, "1;\0;\"x".getBytes(UTF_8));
        ReaderRefusal withheld = refusal("people.csv, line 19", RowForm.WITHHELD, new byte[0]);

        write(sink, step, 0, Rows.of(1, 2), Rows.of(3), raw, withheld);
        step.publish(sink, 1);

        List<RefusedRow> rows = page(sink, step, null, 10);
        assertThat(rows).extracting(RefusedRow::key).containsExactly("people.csv, line 17", "people.csv, line 19");
        assertThat(rows).extracting(RefusedRow::code).containsOnly("ROW_NOT_CONVERTIBLE");
        assertThat(rows).extracting(RefusedRow::reason).containsOnly("too few fields");
        assertThat(rows).extracting(RefusedRow::row).containsExactly(raw.encode(), withheld.encode());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.place().subtask()).isEqualTo(step.subtask(0));
            assertThat(Duration.between(row.at(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(10));
        });
        assertThat(step.content(sink)).containsExactlyInAnyOrderElementsOf(Rows.texts(1, 2, 3));
    }

    /** The ledger's row counts both, so that what was read is what was written and what was quarantined. */
    @Test
    void ledgerSaysWhatBecameOfEachRow() {
        Sink sink = sink();
        SinkStep step = bearing(sink, 100L);
        ReaderRefusal raw = refusal("line 1", RowForm.RAW, new byte[] {1});

        write(sink, step, 0, Rows.of(1, 2), Rows.of(3), raw);

        LedgerEntry entry = sink.ledger(step.id()).written().get(0);
        assertThat(entry.quarantined().provesEqual(raw.tally())).isTrue();
        assertThat(entry.written().provesEqual(Rows.of(1, 2, 3).tally())).isTrue();
    }

    @Test
    void rowsOfATransactionThatDoesNotCommitAreNotKept() {
        Sink sink = sink();
        SinkStep step = bearing(sink, 100L);
        try (Sink.Transaction transaction = begun(sink, step, 0, Tally.ZERO)) {
            transaction.refused(refusal("line 1", RowForm.RAW, new byte[] {1}));
            transaction.finish();
        }

        assertThat(page(sink, step, null, 10)).isEmpty();
        assertThat(sink.ledger(step.id()).written()).isEmpty();
    }

    @Test
    void limitEndsTheSubtaskWithTheFirstPlacesAndLeavesNothing() {
        Sink sink = sink();
        SinkStep step = bearing(sink, 1L);

        GodwitException full = catchThrowableOfType(
                GodwitException.class,
                () -> write(
                        sink,
                        step,
                        0,
                        Rows.of(1),
                        Rows.none(),
                        refusal("line 3", RowForm.RAW, new byte[] {1}),
                        refusal("line 5", RowForm.RAW, new byte[] {2})));

        assertThat(full.code()).isEqualTo(ErrorCode.QUARANTINE_FULL);
        assertThat(full).hasMessageContaining("line 3: too few fields; line 5: too few fields");
        assertThat(page(sink, step, null, 10)).isEmpty();
    }

    /** Two subtasks, written out of order; a page of one row; the end. */
    @Test
    void pagesOfKeptRowsFollowThePlanAndNeverRepeatARow() {
        Sink sink = sink();
        SinkStep step = bearing(sink, 100L);
        write(
                sink,
                step,
                1,
                Rows.none(),
                Rows.none(),
                refusal("b1", RowForm.RAW, new byte[1]),
                refusal("b2", RowForm.RAW, new byte[2]));
        write(sink, step, 0, Rows.none(), Rows.none(), refusal("a1", RowForm.RAW, new byte[3]));

        List<String> keys = new ArrayList<>();
        List<RefusedRow> page = page(sink, step, null, 1);
        while (!page.isEmpty()) {
            assertThat(page).hasSize(1);
            keys.add(page.get(0).key());
            page = page(sink, step, page.get(0).place(), 1);
        }

        assertThat(keys).containsExactly("a1", "b1", "b2");
        assertThat(page(sink, bearing(sink, 1L), null, 10)).isEmpty();
    }

    @Test
    void pageOfKeptRowsIsBoundedInBytes() {
        Sink sink = sink();
        SinkStep step = bearing(sink, 100L);
        ReaderRefusal[] refused = new ReaderRefusal[6];
        for (int i = 0; i < 5; i++) {
            refused[i] = refusal("r" + i, RowForm.RAW, new byte[900_000]);
        }
        refused[5] = refusal("r5", RowForm.RAW, new byte[(int) QuarantinePage.MOST_BYTES + 1]);
        write(sink, step, 0, Rows.none(), Rows.none(), refused);

        List<RefusedRow> page = page(sink, step, null, Integer.MAX_VALUE);

        assertThat(page).extracting(RefusedRow::key).containsExactly("r0", "r1", "r2", "r3");
        page = page(sink, step, page.get(3).place(), 1000);
        assertThat(page).extracting(RefusedRow::key).containsExactly("r4");
        page = page(sink, step, page.get(0).place(), 1000);
        assertThat(page).extracting(RefusedRow::key).containsExactly("r5");
    }

    @Test
    void rowsAreReplayedOnceOrNotAtAll() {
        Sink sink = sink();
        SinkStep step = bearing(sink, 100L);
        write(
                sink,
                step,
                0,
                Rows.none(),
                Rows.none(),
                refusal("a", RowForm.RAW, new byte[1]),
                refusal("b", RowForm.RAW, new byte[2]),
                refusal("c", RowForm.RAW, new byte[3]));
        step.publish(sink, 1);
        List<Long> ids =
                page(sink, step, null, 10).stream().map(row -> row.place().id()).toList();
        KeptRows two = new KeptRows(step.subtask(0), ids.subList(0, 2));
        KeptRows all = new KeptRows(step.subtask(0), ids);
        SinkStep first = bearing(sink, 100L);
        try (Sink.Transaction undone = replaying(sink, first, 0, two, Rows.of(1, 2))) {
            undone.finish();
        }
        assertThat(page(sink, step, null, 10)).as("undone").hasSize(3);

        try (Sink.Transaction replay = replaying(sink, first, 0, two, Rows.of(1, 2))) {
            replay.finish();
            replay.commit();
        }
        first.publish(sink, 1);

        assertThat(page(sink, step, null, 10)).extracting(RefusedRow::key).containsExactly("c");
        SinkStep second = bearing(sink, 100L);
        assertThat(codeOf(
                        () -> replaying(sink, second, 0, all, Rows.of(1, 2, 3)).close()))
                .isEqualTo(ErrorCode.SOURCE_CHANGED);
        assertThat(page(sink, step, null, 10)).extracting(RefusedRow::key).containsExactly("c");
        assertThat(first.content(sink)).isEqualTo(Rows.texts(1, 2));
    }

    private static Sink.Transaction replaying(Sink sink, SinkStep step, int split, KeptRows kept, Rows rows) {
        Sink.Transaction transaction = begun(sink, step, split, rows.tally());
        try {
            send(transaction, rows);
            transaction.replayed(kept);
            return transaction;
        } catch (RuntimeException refused) {
            transaction.close();
            throw refused;
        }
    }

    static List<RefusedRow> page(Sink sink, SinkStep step, @Nullable QuarantinePlace after, int limit) {
        return sink.quarantine(new QuarantineQuestion(step.id(), step.plan().sink(), after, limit))
                .rows();
    }

    private SinkStep bearing(Sink sink, long rows) {
        SinkStep step = step(WriteMode.APPEND).with(new Migrate.Quarantine(rows, null));
        step.prepare(sink);
        return step;
    }

    private static ReaderRefusal refusal(String place, RowForm form, byte[] row) {
        return new ReaderRefusal("ROW_NOT_CONVERTIBLE", place, "too few fields", form, row);
    }

    private static Sink.Transaction begun(Sink sink, SinkStep step, int split, Tally tally) {
        Sink.Transaction transaction = sink.begin(step.plan(), Duration.ofMinutes(1));
        transaction.lockRun();
        assertThat(transaction.claim(new LedgerRow(step.subtask(split), AttemptId.fresh(), tally, Tally.ZERO)))
                .isEmpty();
        return transaction;
    }

    /** Writes the rows before and after what was refused. */
    private static void write(Sink sink, SinkStep step, int split, Rows before, Rows after, ReaderRefusal... refused) {
        Tally tally = before.tally().plus(after.tally());
        for (ReaderRefusal one : refused) {
            tally = tally.plus(one.tally());
        }
        try (Sink.Transaction transaction = begun(sink, step, split, tally)) {
            send(transaction, before);
            for (ReaderRefusal one : refused) {
                transaction.refused(one);
            }
            send(transaction, after);
            transaction.finish();
            transaction.commit();
        }
    }

    private static void send(Sink.Transaction transaction, Rows rows) {
        if (rows.count() > 0) {
            transaction.write(rows.bytes(), 0, rows.bytes().length, rows.count());
        }
    }
}
