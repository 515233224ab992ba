package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import org.junit.jupiter.api.Test;

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
