package io.godwit.platform.exchange;

import static io.godwit.core.row.BatchFormat.ATTEMPT_HEADER;
import static io.godwit.core.row.BatchFormat.FORMAT_HEADER;
import static io.godwit.core.row.BatchFormat.ROWS_HEADER;
import static io.godwit.core.row.BatchFormat.SEQUENCE_HEADER;
import static io.godwit.core.row.BatchFormat.SUBTASK_HEADER;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.Lane;
import io.godwit.core.row.BatchFormat;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A batch as a Kafka record: see {@code schemas/batch/README.md}. */
final class BatchRecord {
    private static final String FORMAT = Integer.toString(BatchFormat.VERSION);

    private BatchRecord() {}

    static ProducerRecord<byte[], byte[]> of(Lane lane, Batch batch) {
        List<Header> headers = new ArrayList<>(List.of(
                header(SUBTASK_HEADER, batch.subtask().value()),
                header(ATTEMPT_HEADER, batch.attempt().value()),
                header(SEQUENCE_HEADER, Integer.toString(batch.sequence())),
                header(ROWS_HEADER, Integer.toString(batch.rows())),
                header(FORMAT_HEADER, FORMAT)));
        TraceParent trace = Traces.current();
        if (trace != null) {
            headers.add(header(TraceParent.NAME, trace.text()));
        }
        return new ProducerRecord<>(lane.topic(), lane.partition(), null, null, batch.payload(), headers);
    }

    /** Whether the record is of the attempt; records of others, and of other origin, are not ours to judge. */
    static boolean isOf(AttemptId attempt, ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(ATTEMPT_HEADER);
        return header != null && Arrays.equals(header.value(), attempt.value().getBytes(UTF_8));
    }

    /**
     * The batch of a record.
     *
     * @throws IllegalArgumentException where it is not one, or of a format that is not ours
     */
    static Batch batch(AttemptId attempt, ConsumerRecord<byte[], byte[]> record) {
        String format = text(record, FORMAT_HEADER);
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("format " + format + " instead of " + FORMAT);
        }
        byte @Nullable [] payload = record.value();
        if (payload == null) {
            throw new IllegalArgumentException("no payload");
        }
        return new Batch(
                new SubtaskId(text(record, SUBTASK_HEADER)),
                attempt,
                Integer.parseInt(text(record, SEQUENCE_HEADER)),
                Integer.parseInt(text(record, ROWS_HEADER)),
                payload);
    }

    /** Where in a trace it was sent; null where nobody said. */
    static @Nullable TraceParent trace(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(TraceParent.NAME);
        return header == null ? null : TraceParent.parse(new String(header.value(), UTF_8));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalArgumentException("no header " + name);
        }
        return new String(header.value(), UTF_8);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
