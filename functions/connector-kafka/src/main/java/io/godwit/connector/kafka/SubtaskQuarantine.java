package io.godwit.connector.kafka;

import io.godwit.core.plan.QuarantineCount;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.RowHash;
import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** The refused rows of one subtask, on their way into the quarantine in its transaction. */
final class SubtaskQuarantine {
    private final SubtaskId subtask;
    private final String topic;
    private final QuarantineCount count;
    private final Function<ProducerRecord<byte[], byte[]>, Future<RecordMetadata>> transaction;
    private @Nullable Future<RecordMetadata> first;
    private @Nullable Future<RecordMetadata> last;

    /**
     * @param topic the id of the quarantine's
     * @param transaction sends a record in it
     */
    SubtaskQuarantine(
            TablePlan plan,
            SubtaskId subtask,
            String topic,
            Function<ProducerRecord<byte[], byte[]>, Future<RecordMetadata>> transaction) {
        this.subtask = subtask;
        this.topic = topic;
        this.count = new QuarantineCount(plan, subtask);
        this.transaction = transaction;
    }

    /** A row that was not refused. */
    void passed() {
        count.passed(1);
    }

    /** Keeps a row that the reader refused. */
    void keep(ReaderRefusal row) {
        keep(row.place(), row.code(), row.reason(), row.encode());
        count.refused(row.tally(), row.place(), row.reason());
    }

    /**
     * Keeps a row that the topic does not take.
     *
     * @param row its tuple
     */
    void keep(String key, RefusedRowException refusal, byte[] row) {
        keep(key, refusal.code(), refusal.reason(), row);
        count.refused(new Tally(1, row.length, new Digest(RowHash.of(row, 0, row.length))), key, refusal.reason());
    }

    private void keep(String key, String code, String reason, byte[] row) {
        List<ProducerRecord<byte[], byte[]>> records = QuarantineTopic.records(subtask, key, code, reason, row);
        for (ProducerRecord<byte[], byte[]> record : records) {
            last = transaction.apply(record);
            first = first == null ? last : first;
        }
    }

    /**
     * How many there were.
     *
     * @throws io.godwit.core.error.GodwitException QUARANTINE_FULL
     */
    Tally finish() {
        return count.finish();
    }

    /** Where they lie, once they are sent; null: there are none. */
    @Nullable
    KeptRange range() throws ExecutionException, InterruptedException {
        return first == null || last == null
                ? null
                : new KeptRange(topic, first.get().offset(), last.get().offset() + 1);
    }
}
