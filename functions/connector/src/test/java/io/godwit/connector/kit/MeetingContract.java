package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Sink;
import io.godwit.core.job.WriteMode;
import io.godwit.core.run.Tally;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What sinks make of rows that meet others with their keys: which are replaced, and which kept. */
public abstract class MeetingContract extends SinkKit {
    protected MeetingContract(TestedSink tested) {
        super(tested);
    }

    /** The target, with these rows in it, which others may meet. */
    private void meeting(Sink sink, Rows rows) {
        SinkStep step = prepared(WriteMode.UPSERT, sink);
        step.write(sink, 0, rows);
        step.publish(sink, 1);
    }

    @Test
    void upsertUpdatesRowsAndAddsRows() {
        Sink sink = sink();
        meeting(sink, Rows.of(1, 2));
        SinkStep step = prepared(WriteMode.UPSERT, sink);

        step.write(sink, 0, Rows.none().and(2L, "new").and(3L, "newer"));
        step.publish(sink, 1);

        assertThat(step.content(sink)).containsExactly("1=row 1", "2=new", "3=newer");
    }

    @Test
    void lastOfEqualKeysInASubtaskWinsUnderUpsert() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.UPSERT, sink);

        step.write(
                sink,
                0,
                Rows.none().and(1L, "a").and(2L, "b").and(1L, "c").and(1L, null).and(2L, "d"));
        step.publish(sink, 1);

        assertThat(step.content(sink)).containsExactly("1=NULL", "2=d");
        assertThat(step.written(sink, 0)).extracting(Tally::rows).isEqualTo(5L);
    }

    /** There is nothing to change in a row that is there. */
    @Test
    void rowsOfKeysAloneMeetUnderUpsert() {
        Sink sink = sink();
        SinkStep first = step(WriteMode.UPSERT).ofIdsOnly();
        first.prepare(sink);
        first.write(sink, 0, Rows.ofIdsOnly(1, 2));
        first.publish(sink, 1);
        SinkStep step = step(WriteMode.UPSERT).ofIdsOnly();
        step.prepare(sink);

        step.write(sink, 0, Rows.ofIdsOnly(2, 3, 3));
        step.publish(sink, 1);

        AtomicInteger rows = new AtomicInteger();
        sink.scan(step.plan(), null, (bytes, offset, length) -> rows.incrementAndGet());
        assertThat(rows).hasValue(3);
        assertThat(step.written(sink, 0)).extracting(Tally::rows).isEqualTo(3L);
    }

    @Test
    void ignoreKeepsRowsAndAddsRows() {
        Sink sink = sink();
        meeting(sink, Rows.of(1, 2));
        SinkStep step = prepared(WriteMode.IGNORE, sink);

        step.write(sink, 0, Rows.none().and(2L, "new").and(3L, "first").and(3L, "second"));
        step.publish(sink, 1);

        assertThat(step.content(sink)).containsExactly("1=row 1", "2=row 2", "3=first");
    }

    /** In the order of the plan: the second subtask's row is the later one. */
    @Test
    void keysOfSeveralSubtasksMeetToo() {
        Sink sink = sink();
        SinkStep step = prepared(WriteMode.UPSERT, sink);

        step.write(sink, 0, Rows.none().and(1L, "a").and(2L, "b"));
        step.write(sink, 1, Rows.none().and(2L, "c").and(3L, "d"));
        step.publish(sink, 2);

        assertThat(step.content(sink)).containsExactly("1=a", "2=c", "3=d");
    }
}
