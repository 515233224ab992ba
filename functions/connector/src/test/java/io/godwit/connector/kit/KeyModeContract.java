package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.run.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sinks make besides that have keys of their own under every mode: which rows are refused, and set aside. */
public abstract class KeyModeContract extends MeetingContract {
    protected KeyModeContract(TestedSink tested) {
        super(tested);
    }

    @Test
    void refusedRowIsNamedByItsKeyAndNothingIsWritten() {
        Sink sink = sink();
        given(sink, Rows.of(77));
        SinkStep step = prepared(WriteMode.APPEND, sink);

        GodwitException refusal =
                catchThrowableOfType(GodwitException.class, () -> step.write(sink, 0, Rows.range(50, 100)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(refusal).hasMessageContaining(target.display()).hasMessageContaining("(id)=(77)");
        assertThat(step.content(sink)).isEqualTo(Rows.texts(77));
        assertThat(step.written(sink, 0)).isNull();
    }

    @Test
    void refusedRowsGoIntoTheQuarantine() {
        Sink sink = sink();
        given(sink, Rows.of(60, 77));
        SinkStep step = step(WriteMode.APPEND).with(new Quarantine(2L, null));
        step.prepare(sink);

        SinkStep.Outcome outcome = step.write(sink, 0, Rows.range(50, 100));

        assertThat(outcome.quarantined()).isEqualTo(Rows.of(60, 77).tally());
        assertThat(step.written(sink, 0)).isEqualTo(Rows.range(50, 100).tally().minus(outcome.quarantined()));
        assertThat(sink.ledger(step.id()).written().get(0).quarantined()).isEqualTo(outcome.quarantined());
        assertThat(step.content(sink)).hasSize(51);
    }

    @Test
    void quarantineHasALimit() {
        Sink sink = sink();
        given(sink, Rows.of(60, 77));
        SinkStep rows = step(WriteMode.APPEND).with(new Quarantine(1L, null));
        SinkStep percent = step(WriteMode.APPEND).with(new Quarantine(null, 1.0));
        rows.prepare(sink);
        percent.prepare(sink);

        assertThat(codeOf(() -> rows.write(sink, 0, Rows.range(50, 100)))).isEqualTo(ErrorCode.QUARANTINE_FULL);
        assertThat(codeOf(() -> percent.write(sink, 0, Rows.range(50, 100)))).isEqualTo(ErrorCode.QUARANTINE_FULL);
        assertThat(rows.content(sink)).isEqualTo(Rows.texts(60, 77));
    }

    /** What a unique index over the column {@code name} is made over: some databases index the start of a long text. */
    protected String indexedName() {
        return "name";
    }

    /** The target, whose names are unique too, with {@code (3, a)} and {@code (6, f)} in it. */
    private void givenUniqueNames(Sink sink) {
        SinkStep step = step(WriteMode.APPEND);
        sink.prepare(step.question(
                "CREATE UNIQUE INDEX u" + target.name() + " ON " + target.display() + " (" + indexedName() + ")"));
        step.write(sink, 0, Rows.none().and(3L, "a").and(6L, "f"));
        step.publish(sink, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"UPSERT", "IGNORE"})
    void rowThatMeetsAnotherByAKeyThatIsNotThePlansIsRefused(WriteMode mode) {
        Sink sink = sink();
        givenUniqueNames(sink);
        SinkStep step = prepared(mode, sink);

        GodwitException refusal = catchThrowableOfType(
                GodwitException.class, () -> step.write(sink, 0, Rows.none().and(1L, "a")));

        assertThat(step.content(sink)).containsExactly("3=a", "6=f");
        assertThat(refusal.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(refusal).hasMessageContaining("(id)=(1)");
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"UPSERT", "IGNORE"})
    void rowsThatMeetByAKeyThatIsNotThePlansGoIntoTheQuarantine(WriteMode mode) {
        Sink sink = sink();
        givenUniqueNames(sink);
        SinkStep step = step(mode).with(new Quarantine(10L, null));
        step.prepare(sink);

        // The first meets a row that is there, the fourth one of its own subtask; the last has its key there.
        Tally quarantined = step.write(
                        sink,
                        0,
                        Rows.none()
                                .and(1L, "a")
                                .and(2L, "b")
                                .and(4L, "c")
                                .and(5L, "c")
                                .and(6L, "d"))
                .quarantined();
        step.publish(sink, 1);

        assertThat(step.content(sink)).containsExactly("2=b", "3=a", "4=c", mode == WriteMode.UPSERT ? "6=d" : "6=f");
        assertThat(quarantined).isEqualTo(Rows.none().and(1L, "a").and(5L, "c").tally());
        assertThat(step.written(sink, 0)).extracting(Tally::rows).isEqualTo(3L);
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"UPSERT", "IGNORE"})
    void equalKeysMeetWhereOtherKeysAreUniqueToo(WriteMode mode) {
        Sink sink = sink();
        givenUniqueNames(sink);
        SinkStep step = prepared(mode, sink);

        step.write(
                sink,
                0,
                Rows.none()
                        .and(7L, "x")
                        .and(6L, "new")
                        .and(7L, null)
                        .and(8L, null)
                        .and(6L, "newer")
                        .and(7L, "y"));
        step.publish(sink, 1);

        assertThat(step.content(sink))
                .isEqualTo(
                        mode == WriteMode.UPSERT
                                ? List.of("3=a", "6=newer", "7=y", "8=NULL")
                                : List.of("3=a", "6=f", "7=x", "8=NULL"));
        assertThat(step.written(sink, 0)).extracting(Tally::rows).isEqualTo(6L);
    }

    @Test
    void overwriteReplacesOnlyTheRowsOfItsCondition() {
        Sink sink = sink();
        given(sink, Rows.of(1, 2, 3));
        SinkStep step = step(WriteMode.OVERWRITE).where("id >= 2");
        step.prepare(sink);

        step.write(sink, 0, Rows.of(4));
        step.publish(sink, 1);

        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 4));
    }
}
