package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.run.AttemptId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a sink promises whose writers hold locks: one that stands still for good holds up nobody for good. */
public abstract class StandingStillContract extends SinkKit {
    protected StandingStillContract(TestedSink tested) {
        super(tested);
    }

    @Test
    @Timeout(150)
    void writerThatStandsStillIsPassed() {
        SinkStep step = prepared(WriteMode.APPEND, sink());
        AttemptId attempt = AttemptId.fresh();
        Sink.Transaction hangs = step.beginAndSend(sink(), 0, Rows.of(1, 2), attempt);
        Sink other = sink();

        while (!wrote(step, other, attempt)) {
            // As its event comes again and again.
        }

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> {
            hangs.finish();
            hangs.commit();
        });
        assertThat(thrown.code().isTransient()).as(thrown.toString()).isTrue();
        hangs.close();
        step.publish(sink(), 1);
        assertThat(step.content(sink())).isEqualTo(Rows.texts(1, 2));
    }

    private static boolean wrote(SinkStep step, Sink sink, AttemptId attempt) {
        try {
            return step.write(sink, 0, Rows.of(1, 2), attempt).wroteNow();
        } catch (GodwitException e) {
            assertThat(e.code().isTransient()).as(e.toString()).isTrue();
            return false;
        }
    }
}
