package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.Column;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every sink makes of rows that are added, or that take the place of all. */
public abstract class WriteModeContract extends SinkKit {
    protected WriteModeContract(TestedSink tested) {
        super(tested);
    }

    @Test
    void appendAddsRows() {
        Sink sink = sink();
        given(sink, Rows.of(1));
        SinkStep step = prepared(WriteMode.APPEND, sink);

        step.write(sink, 0, Rows.of(2));
        step.publish(sink, 1);

        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"OVERWRITE", "SWAP"})
    void rowsLoadedAsideAreSeenWhenPublished(WriteMode mode) {
        if (!has(mode)) {
            return;
        }
        Sink sink = sink();
        given(sink, Rows.of(1, 2));
        SinkStep step = prepared(mode, sink);

        step.write(sink, 0, Rows.of(3));
        step.write(sink, 1, Rows.of(4));
        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));

        step.publish(sink, 2);
        assertThat(step.content(sink)).isEqualTo(Rows.texts(3, 4));
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"OVERWRITE", "SWAP"})
    void cancelledLoadAsideLeavesTheTarget(WriteMode mode) {
        if (!has(mode)) {
            return;
        }
        Sink sink = sink();
        given(sink, Rows.of(1, 2));
        SinkStep step = prepared(mode, sink);
        step.write(sink, 0, Rows.of(3));

        step.cancel(sink, 1);

        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"OVERWRITE", "SWAP"})
    void failedLoadAsideGoesOnWhenReopened(WriteMode mode) {
        if (!has(mode)) {
            return;
        }
        Sink sink = sink();
        given(sink, Rows.of(1, 2));
        SinkStep step = prepared(mode, sink);
        step.write(sink, 0, Rows.of(3));
        step.fail(sink, 1);
        step.reopen(sink, 1);

        step.write(sink, 1, Rows.of(4));
        step.publish(sink, 2);

        assertThat(step.content(sink)).isEqualTo(Rows.texts(3, 4));
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"APPEND", "OVERWRITE"})
    void columnThatThePlanHasAndTheTargetLacksIsAddedOnce(WriteMode mode) {
        Sink sink = sink();
        SinkStep narrow = step(WriteMode.APPEND).ofIdsOnly();
        narrow.prepare(sink);
        narrow.write(sink, 0, Rows.ofIdsOnly(1));
        narrow.publish(sink, 1);
        assumeTrue(addsColumns());
        SinkStep wide = step(mode);

        assertThat(sink.previewPreparation(wide.question()).statements())
                .anySatisfy(sql -> assertThat(sql).contains("ADD COLUMN", "name"));
        assertThat(column(sink, "name")).isEmpty();
        wide.prepare(sink);
        wide.prepare(sink());
        assertThat(column(sink, "name"))
                .hasValueSatisfying(added -> assertThat(added.nullable()).isTrue());
        assertThat(wide.content(sink)).isEqualTo(List.of("1=NULL"));

        wide.write(sink, 0, Rows.of(2));
        wide.publish(sink, 1);
        assertThat(wide.content(sink))
                .isEqualTo(mode == WriteMode.APPEND ? List.of("1=NULL", "2=row 2") : List.of("2=row 2"));
    }

    @Test
    void sinkThatCannotAddAColumnRefusesToBeforeAnythingIsChanged() {
        assumeFalse(addsColumns());
        Sink sink = sink();
        SinkStep narrow = step(WriteMode.APPEND).ofIdsOnly();
        narrow.prepare(sink);
        narrow.publish(sink, 0);
        SinkStep wide = step(WriteMode.APPEND);

        assertThat(codeOf(() -> sink.previewPreparation(wide.question()))).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE);
        assertThat(codeOf(() -> wide.prepare(sink))).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE);
        assertThat(column(sink, "name")).isEmpty();
    }

    private Optional<Column> column(Sink sink, String name) {
        return sink.describe(List.of(target)).get(0).column(name);
    }

    @Test
    void laterStepTakesThePlaceOfOneThatFailed() {
        if (!has(WriteMode.OVERWRITE)) {
            return;
        }
        Sink sink = sink();
        SinkStep failed = prepared(WriteMode.OVERWRITE, sink);
        failed.write(sink, 0, Rows.of(3));
        failed.fail(sink, 1);
        SinkStep later = prepared(WriteMode.OVERWRITE, sink);

        assertThat(codeOf(() -> failed.reopen(sink, 1))).isEqualTo(ErrorCode.RUN_CLOSED);

        later.write(sink, 0, Rows.of(5));
        later.publish(sink, 1);
        assertThat(later.content(sink)).isEqualTo(Rows.texts(5));
    }
}
