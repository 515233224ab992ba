package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.run.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every sink that refuses rows one by one answers of them as well. */
public abstract class QuarantineContract extends KeptRowsContract {
    protected QuarantineContract(TestedSink tested) {
        super(tested);
    }

    /** The name that a row has which the target refuses: by default any, as its key is there already. */
    protected String unfit(long id) {
        return "row " + id;
    }

    @Test
    void refusedRowsAreTheVeryRowsWithTheirKeysAndReasons() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, 260, 277);

        step.write(sink, 0, among(260, 277));

        List<RefusedRow> rows = page(sink, step, null, 10);
        assertThat(rows).extracting(RefusedRow::key).containsExactly("(id)=(260)", "(id)=(277)");
        assertThat(rows)
                .extracting(row -> Rows.text(row.row(), 0, row.row().length))
                .containsExactly("260=" + unfit(260), "277=" + unfit(277));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.place().subtask()).isEqualTo(step.subtask(0));
            assertThat(row.code()).isNotBlank();
            assertThat(row.reason()).isNotBlank();
            assertThat(Duration.between(row.at(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(10));
        });
    }

    @Test
    void rowsBesideThoseThatAreRefusedAreWrittenAndCounted() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, 260, 277);

        Tally quarantined = step.write(sink, 0, among(260, 277)).quarantined();
        step.publish(sink, 1);

        assertThat(quarantined.provesEqual(
                        Rows.none().and(260L, unfit(260)).and(277L, unfit(277)).tally()))
                .isTrue();
        assertThat(Objects.requireNonNull(step.written(sink, 0))
                        .provesEqual(Rows.range(1, 60).tally()))
                .isTrue();
        // Those two were there before.
        assertThat(step.content(sink)).hasSize(62).containsOnlyOnceElementsOf(Rows.texts(1, 60, 260, 277));
    }

    @Test
    void limitEndsTheSubtaskOfWhichTheTargetRefusesTooMuch() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, new Migrate.Quarantine(1L, null), 260, 277);

        GodwitException full = catchThrowableOfType(GodwitException.class, () -> step.write(sink, 0, among(260, 277)));

        assertThat(full.code()).isEqualTo(ErrorCode.QUARANTINE_FULL);
        assertThat(full).hasMessageContaining("(id)=(260): ").hasMessageContaining("(id)=(277): ");
        assertThat(page(sink, step, null, 10)).isEmpty();
        assertThat(step.written(sink, 0)).isNull();
    }

    /** Two subtasks, written out of order; a page of one row; the end. */
    @Test
    void pagesFollowThePlanAndNeverRepeatARow() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, 203, 260, 277);
        step.write(sink, 1, among(260, 277));
        step.write(sink, 0, Rows.of(101).and(203L, unfit(203)).and(102L, "row 102"));

        List<String> keys = new ArrayList<>();
        List<RefusedRow> page = page(sink, step, null, 1);
        while (!page.isEmpty()) {
            assertThat(page).hasSize(1);
            keys.add(page.get(0).key());
            page = page(sink, step, page.get(0).place(), 1);
        }

        assertThat(keys).containsExactly("(id)=(203)", "(id)=(260)", "(id)=(277)");
    }

    @Test
    void rowsOfAnotherStepAreNobodysBusiness() {
        Sink sink = sink();
        SinkStep step = withRefusals(sink, 260);
        step.write(sink, 0, Rows.none().and(260L, unfit(260)));
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
        SinkStep step = withRefusals(sink, 201, 202, 203, 204, 205, 206);
        Rows rows = Rows.none();
        for (long id = 201; id <= 205; id++) {
            rows.and(id, "x".repeat(900_000));
        }
        rows.and(206L, "x".repeat((int) QuarantinePage.MOST_BYTES + 1));
        step.write(sink, 0, rows);

        List<RefusedRow> page = page(sink, step, null, Integer.MAX_VALUE);

        assertThat(page)
                .extracting(RefusedRow::key)
                .containsExactly("(id)=(201)", "(id)=(202)", "(id)=(203)", "(id)=(204)");
        page = page(sink, step, page.get(3).place(), 1000);
        assertThat(page).extracting(RefusedRow::key).containsExactly("(id)=(205)");
        page = page(sink, step, page.get(0).place(), 1000);
        assertThat(page).extracting(RefusedRow::key).containsExactly("(id)=(206)");
        assertThat(page.get(0).row()).hasSizeGreaterThan((int) QuarantinePage.MOST_BYTES);
    }

    /**
     * Called once a step is prepared, of a target that holds all ids that it is to refuse. They are 200 at least, and
     * no others are: a sink that takes the same key twice has its target refuse those.
     */
    protected void refuseFrom200(TablePlan plan) {}

    /** A step whose target refuses these ids, and which bears any refusal. */
    private SinkStep withRefusals(Sink sink, long... ids) {
        return withRefusals(sink, new Migrate.Quarantine(100L, null), ids);
    }

    private SinkStep withRefusals(Sink sink, Migrate.Quarantine limits, long... ids) {
        given(sink, Rows.of(ids));
        SinkStep step = step(WriteMode.APPEND).with(limits);
        step.prepare(sink);
        refuseFrom200(step.plan());
        return step;
    }

    /** Rows with these ids, which the target refuses, twenty others before each and behind. */
    private Rows among(long... ids) {
        Rows rows = Rows.none();
        long other = 0;
        for (int i = 0; i <= ids.length; i++) {
            for (int n = 0; n < 20; n++) {
                rows.and(++other, "row " + other);
            }
            if (i < ids.length) {
                rows.and(ids[i], unfit(ids[i]));
            }
        }
        return rows;
    }
}
