package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Sink;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.WriteMode;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every sink with a quarantine answers of the rows that it refused. */
public abstract class QuarantineContract extends SinkKit {
    protected QuarantineContract(TestedSink tested) {
        super(tested);
    }

    @Test
    void stepThatWasNeverPreparedHasNone() {
        assertThat(page(sink(), step(WriteMode.APPEND), null, 10)).isEmpty();
    }

    @Test
    void refusedRowsAreTheVeryRowsWithTheirKeysAndReasons() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, 60, 77);

        step.write(sink, 0, Rows.range(50, 100));

        List<RefusedRow> rows = page(sink, step, null, 10);
        assertThat(rows).extracting(RefusedRow::key).containsExactly("(id)=(60)", "(id)=(77)");
        assertThat(rows)
                .extracting(row -> Rows.text(row.row(), 0, row.row().length))
                .isEqualTo(Rows.texts(60, 77));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.place().subtask()).isEqualTo(step.subtask(0));
            assertThat(row.code()).isNotBlank();
            assertThat(row.reason()).isNotBlank();
            assertThat(Duration.between(row.at(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(10));
        });
    }

    /** Two subtasks, written out of order; a page of one row; the end. */
    @Test
    void pagesFollowThePlanAndNeverRepeatARow() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, 3, 60, 77);
        step.write(sink, 1, Rows.range(50, 100));
        step.write(sink, 0, Rows.range(1, 5));

        List<String> keys = new ArrayList<>();
        List<RefusedRow> page = page(sink, step, null, 1);
        while (!page.isEmpty()) {
            assertThat(page).hasSize(1);
            keys.add(page.get(0).key());
            page = page(sink, step, page.get(0).place(), 1);
        }

        assertThat(keys).containsExactly("(id)=(3)", "(id)=(60)", "(id)=(77)");
    }

    @Test
    void rowsOfAnotherStepAreNobodysBusiness() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, 60);
        step.write(sink, 0, Rows.of(60));
        QuarantinePlace place = page(sink, step, null, 10).get(0).place();

        SinkStep other = prepared(WriteMode.APPEND, sink);

        assertThat(page(sink, other, null, 10)).isEmpty();
        assertThat(page(sink, other, new QuarantinePlace(place.subtask(), 0), 10))
                .isEmpty();
    }

    /** Rows of 900 KB: more than four of them are no page, whatever is asked for; one that is longer than a page is. */
    @Test
    void pageIsBoundedInBytes() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, 1, 2, 3, 4, 5, 6);
        Rows rows = Rows.none();
        for (long id = 1; id <= 5; id++) {
            rows.and(id, "x".repeat(900_000));
        }
        rows.and(6L, "x".repeat((int) QuarantinePage.MOST_BYTES + 1));
        step.write(sink, 0, rows);

        List<RefusedRow> page = page(sink, step, null, Integer.MAX_VALUE);

        assertThat(page).extracting(RefusedRow::key).containsExactly("(id)=(1)", "(id)=(2)", "(id)=(3)", "(id)=(4)");
        page = page(sink, step, page.get(3).place(), 1000);
        assertThat(page).extracting(RefusedRow::key).containsExactly("(id)=(5)");
        page = page(sink, step, page.get(0).place(), 1000);
        assertThat(page).extracting(RefusedRow::key).containsExactly("(id)=(6)");
        assertThat(page.get(0).row()).hasSizeGreaterThan((int) QuarantinePage.MOST_BYTES);
    }

    private static List<RefusedRow> page(Sink sink, SinkStep step, @Nullable QuarantinePlace after, int limit) {
        return sink.quarantine(new QuarantineQuestion(step.id(), step.plan().sink(), after, limit))
                .rows();
    }

    /** A step whose target holds these ids already, and which bears any refusal. */
    private SinkStep withRefusals(Sink sink, long... ids) {
        given(sink, Rows.of(ids));
        SinkStep step = step(WriteMode.APPEND).with(new Migrate.Quarantine(100L, null));
        step.prepare(sink);
        return step;
    }
}
