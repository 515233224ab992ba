package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.job.WriteMode;
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

    @Test
    void laterStepTakesThePlaceOfOneThatFailed() {
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
