package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** What the contracts of sinks share: a table of its own for each test, and how to fill it. */
abstract class SinkKit {
    private final TestedSink tested;
    private final List<Sink> sinks = new ArrayList<>();
    TableName target = new TableName(null, null, "unset");

    SinkKit(TestedSink tested) {
        this.tested = tested;
    }

    @BeforeEach
    void nameTarget(TestInfo test) {
        target = named(test.getDisplayName() + test.getTestMethod());
    }

    /** A table of its own for whatever that is. */
    TableName named(String what) {
        return tested.tableName("t" + Integer.toHexString(what.hashCode()));
    }

    @AfterEach
    void closeSinks() {
        sinks.forEach(Sink::close);
    }

    /** A session of its own, which the end of the test closes. */
    Sink sink() {
        Sink sink = tested.open();
        sinks.add(sink);
        return sink;
    }

    SinkStep step(WriteMode mode) {
        return SinkStep.into(tested.connection(), target, mode);
    }

    /** Whether the sink has the mode; where it has not, it was seen to refuse it. */
    boolean has(WriteMode mode) {
        if (!tested.modes().contains(mode)) {
            Sink sink = sink();
            assertThat(codeOf(() -> step(mode).prepare(sink))).isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(sink.describe(List.of(target))).isEmpty();
        }
        return tested.modes().contains(mode);
    }

    /** The mode, or append where the sink lacks it: for what holds of any mode. */
    WriteMode orAppend(WriteMode mode) {
        return tested.modes().contains(mode) ? mode : WriteMode.APPEND;
    }

    /** Whether the sink adds columns to a table that has rows. */
    boolean addsColumns() {
        return tested.addsColumns();
    }

    SinkStep prepared(WriteMode mode, Sink sink) {
        SinkStep step = step(mode);
        step.prepare(sink);
        return step;
    }

    /** The target, with these rows in it. */
    void given(Sink sink, Rows rows) {
        SinkStep step = prepared(WriteMode.APPEND, sink);
        step.write(sink, 0, rows);
        step.publish(sink, 1);
    }

    static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }
}
