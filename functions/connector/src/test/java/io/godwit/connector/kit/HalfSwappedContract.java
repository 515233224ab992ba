package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What sinks promise whose definitions commit as they go: a swap that broke off before its step was published is either
 * finished or undone, and never done to what a later step made.
 */
public abstract class HalfSwappedContract extends SinkKit {
    protected HalfSwappedContract(TestedSink tested) {
        super(tested);
    }

    /** Where the step's rows go until it is published. */
    protected abstract TableName aside(TablePlan plan);

    /** What a swap leaves of the table that was there. */
    protected abstract TableName replaced(TablePlan plan);

    /** Runs a statement and commits it, beside every sink. */
    protected abstract void run(String sql);

    protected abstract boolean exists(TableName table);

    private void rename(TableName from, TableName to) {
        run("ALTER TABLE " + from.display() + " RENAME TO " + to.name());
    }

    /** A step that has swapped its rows {@code 3} for {@code 1, 2}, and came no further. */
    private SinkStep halfSwapped(Sink sink) {
        given(sink, Rows.of(1, 2));
        SinkStep step = prepared(WriteMode.SWAP, sink);
        step.write(sink, 0, Rows.of(3));
        rename(target, replaced(step.plan()));
        rename(aside(step.plan()), target);
        return step;
    }

    @Test
    void swapThatBrokeOffIsPublishedToTheEnd() {
        Sink sink = sink();
        SinkStep step = halfSwapped(sink);

        step.publish(sink, 1);

        assertThat(step.content(sink)).isEqualTo(Rows.texts(3));
        assertThat(exists(replaced(step.plan()))).isFalse();
    }

    @Test
    void swapThatBrokeOffIsUndoneWhenItsStepIsCancelled() {
        Sink sink = sink();
        SinkStep step = halfSwapped(sink);

        step.fail(sink);
        step.cancel(sink);

        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));
        assertThat(exists(replaced(step.plan()))).isFalse();
        assertThat(exists(aside(step.plan()))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"APPEND", "OVERWRITE", "SWAP"})
    void laterStepBeginsWithWhatWasThereAndKeepsWhatItPublishes(WriteMode mode) {
        Sink sink = sink();
        SinkStep broken = halfSwapped(sink);
        broken.fail(sink);

        SinkStep later = prepared(mode, sink);
        assertThat(later.content(sink)).isEqualTo(Rows.texts(1, 2));
        later.write(sink, 0, Rows.of(5));
        later.publish(sink, 1);
        broken.cancel(sink);

        assertThat(later.content(sink)).isEqualTo(mode == WriteMode.APPEND ? Rows.texts(1, 2, 5) : Rows.texts(5));
        assertThat(exists(replaced(broken.plan()))).isFalse();
        assertThat(exists(aside(broken.plan()))).isFalse();
    }

    /** Between the two renames of a sink that has no one statement for both, the table is nowhere. */
    @Test
    void laterStepFindsTheTableThatABrokenOneHasTakenAway() {
        Sink sink = sink();
        given(sink, Rows.of(1, 2));
        SinkStep broken = prepared(WriteMode.SWAP, sink);
        broken.write(sink, 0, Rows.of(3));
        rename(target, replaced(broken.plan()));
        broken.fail(sink);

        SinkStep later = prepared(WriteMode.APPEND, sink);

        assertThat(later.content(sink)).isEqualTo(Rows.texts(1, 2));
    }

    /** As steps do that run side by side. */
    @Test
    void stepThatIsCancelledAfterALaterOneWasPreparedTouchesNothing() {
        Sink sink = sink();
        SinkStep broken = halfSwapped(sink);
        SinkStep later = prepared(WriteMode.OVERWRITE, sink);
        later.write(sink, 0, Rows.of(5));
        later.publish(sink, 1);

        broken.fail(sink);
        broken.cancel(sink);

        assertThat(later.content(sink)).isEqualTo(Rows.texts(5));
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"OVERWRITE", "SWAP"})
    void tableLoadedAsideThatIsGoneIsRefused(WriteMode mode) {
        Sink sink = sink();
        given(sink, Rows.of(1, 2));
        SinkStep step = prepared(mode, sink);
        step.write(sink, 0, Rows.of(3));
        run("DROP TABLE " + aside(step.plan()).display());

        assertThat(codeOf(() -> step.publish(sink, 1))).isEqualTo(ErrorCode.SINK_REFUSED);

        assertThat(step.content(sink)).isEqualTo(Rows.texts(1, 2));
    }

    @Test
    void whatAPublishedStepReplacedIsDroppedByWhoeverAsksAgain() {
        Sink sink = sink();
        given(sink, Rows.of(1, 2));
        SinkStep step = prepared(WriteMode.SWAP, sink);
        step.write(sink, 0, Rows.of(3));
        var published = step.publish(sink, 1);
        // As they were between the commit and the drop.
        run("CREATE TABLE " + replaced(step.plan()).display() + " (id int)");
        run("UPDATE godwit_target SET aside = '" + aside(step.plan()).name() + "' WHERE step = '" + step.id() + "'");

        assertThat(step.publish(sink(), 1)).isEqualTo(published);

        assertThat(exists(replaced(step.plan()))).isFalse();
        assertThat(step.content(sink)).isEqualTo(Rows.texts(3));
    }
}
