package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.run.StepId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a sink without transactions promises besides: wherever its publishing breaks off, it is published to the end.
 */
public abstract class BrokenPublishingContract extends SinkKit {
    private static final int MOST_OPERATIONS = 200;

    protected BrokenPublishingContract(TestedSink tested) {
        super(tested);
    }

    /** A sink to the same place, of whose store the operation of that number, from 1, fails, and all after it. */
    protected abstract Sink breaking(int operation);

    /** What lies in the store and belongs to no table. */
    protected abstract List<String> litter();

    /** Takes away what a step has written and has not published. */
    protected abstract void lose(StepId step);

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"APPEND", "OVERWRITE", "SWAP"})
    void publishingIsFinishedWhereverItBrokeOff(WriteMode mode) {
        int broken = 0;
        for (boolean cancels : new boolean[] {false, true}) {
            boolean breaks = true;
            for (int operation = 1; breaks; operation++) {
                assertThat(operation).isLessThan(MOST_OPERATIONS);
                breaks = publishesOver(mode, operation, cancels);
                broken += breaks ? 1 : 0;
            }
        }
        assertThat(broken).isGreaterThan(8);
    }

    /** Whether the operation was reached. */
    private boolean publishesOver(WriteMode mode, int operation, boolean cancels) {
        target = named(mode + " " + operation + " " + cancels);
        Sink sink = sink();
        given(sink, Rows.of(1, 2));
        SinkStep step = prepared(mode, sink);
        step.write(sink, 0, Rows.of(3, 4));
        step.write(sink, 1, Rows.of(5));
        GodwitException broke;
        try (Sink breaking = breaking(operation)) {
            broke = catchThrowableOfType(GodwitException.class, () -> step.publish(breaking, 2));
        }
        if (broke != null) {
            assertThat(broke.code()).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        }
        if (cancels) {
            boolean tooLate = sink.ledger(step.id()).run() == RunRow.PUBLISHED; // part of it may be seen already
            assertThat(step.cancel(sink).run()).isEqualTo(tooLate ? RunRow.PUBLISHED : RunRow.CLOSED);
            if (!tooLate) {
                assertThat(step(WriteMode.SWAP).content(sink)).isEqualTo(Rows.texts(1, 2));
                assertThat(litter()).isEmpty();
                return true;
            }
        }
        step.publish(sink, 2);

        assertThat(step.content(sink))
                .isEqualTo(mode == WriteMode.APPEND ? Rows.texts(1, 2, 3, 4, 5) : Rows.texts(3, 4, 5));
        assertThat(litter()).isEmpty();
        return broke != null;
    }

    @Test
    void placeOfAStepThatIsBeingPublishedIsNobodyElses() {
        target = named("publishing");
        Sink sink = sink();
        SinkStep first = prepared(WriteMode.APPEND, sink);
        first.write(sink, 0, Rows.of(1));
        for (int operation = 1; sink.ledger(first.id()).run() == RunRow.OPEN; operation++) {
            try (Sink breaking = breaking(operation)) {
                assertThat(codeOf(() -> first.publish(breaking, 1))).isEqualTo(ErrorCode.SINK_INTERRUPTED);
            }
        }
        SinkStep second = step(WriteMode.SWAP);

        assertThat(codeOf(() -> second.prepare(sink))).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        first.publish(sink, 1);
        second.prepare(sink);
        second.write(sink, 0, Rows.of(2));
        second.publish(sink, 1);

        assertThat(second.content(sink)).isEqualTo(Rows.texts(2));
        assertThat(litter()).isEmpty();
    }

    @Test
    void stepWhoseRowsAreGoneIsNotPublishedAndBlocksNobody() {
        target = named("lost");
        Sink sink = sink();
        SinkStep first = prepared(WriteMode.APPEND, sink);
        first.write(sink, 0, Rows.of(1));
        lose(first.id());

        assertThat(codeOf(() -> first.publish(sink, 1))).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(first.cancel(sink).run()).isEqualTo(RunRow.CLOSED);
        SinkStep second = prepared(WriteMode.SWAP, sink);
        second.write(sink, 0, Rows.of(2));
        second.publish(sink, 1);

        assertThat(second.content(sink)).isEqualTo(Rows.texts(2));
        assertThat(litter()).isEmpty();
    }

    @Test
    void failedStepWhosePlaceWasTakenLeavesNothing() {
        target = named("taken");
        Sink sink = sink();
        SinkStep failed = prepared(WriteMode.APPEND, sink);
        failed.write(sink, 0, Rows.of(1));
        failed.fail(sink, 1);
        SinkStep later = prepared(WriteMode.APPEND, sink);

        assertThat(codeOf(() -> failed.reopen(sink, 1))).isEqualTo(ErrorCode.RUN_CLOSED);
        later.write(sink, 0, Rows.of(2));
        later.publish(sink, 1);

        assertThat(later.content(sink)).isEqualTo(Rows.texts(2));
        assertThat(litter()).isEmpty();
    }
}
