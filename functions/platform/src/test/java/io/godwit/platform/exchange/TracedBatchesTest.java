package io.godwit.platform.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.platform.trace.Spans;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracedBatchesTest {
    private static final TraceParent READING =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final Lane LANE = new Lane("rows", 0);

    private final AttemptId attempt = AttemptId.fresh();
    private final Batch batch = new Batch(
            SubtaskId.of(StepId.of(RunId.of("job", java.time.Instant.EPOCH), "copy"), 0, 0),
            attempt,
            0,
            1,
            new byte[1]);

    @Test
    void recordSaysWhereItWasReadAndTheWriterLinksToIt() {
        List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
        Traces.at(READING, () -> sent.add(BatchRecord.of(LANE, batch)));

        assertThat(linksOfReading(sent.get(0))).containsExactly(READING);
        assertThat(linksOfReading(BatchRecord.of(LANE, batch))).isEmpty();
    }

    private List<TraceParent> linksOfReading(ProducerRecord<byte[], byte[]> sent) {
        ConsumerRecord<byte[], byte[]> stored = new ConsumerRecord<>(
                LANE.topic(),
                LANE.partition(),
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                1,
                null,
                sent.value(),
                new RecordHeaders(sent.headers()),
                Optional.empty());
        List<TraceParent> links = new ArrayList<>();
        Optional<Batch> taken = Traces.in(
                new Writing(links), () -> new AnnouncedBatches(new BatchRange(LANE, 0, 0, 1), attempt).take(stored));
        assertThat(taken).isPresent();
        return links;
    }

    /** A span that only keeps its links. */
    private record Writing(List<TraceParent> links) implements Spans.Span {
        @Override
        public @Nullable TraceParent place() {
            return null;
        }

        @Override
        public void link(TraceParent other) {
            links.add(other);
        }
    }
}
