package io.godwit.platform.exchange;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.port.BatchReader;
import io.godwit.core.run.AttemptId;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads announced ranges with consumers that have no group: assigned, sought, and kept while idle. Safe for threads.
 * One read holds about 4 MiB.
 */
public final class KafkaBatchReader implements BatchReader, AutoCloseable {
    private final ConsumerPool consumers;
    private final Duration deadline;

    /**
     * @param consumers makes consumers with the settings of {@link KafkaSettings#consumer}
     * @param deadline the longest wait for the next record
     * @param idle how many consumers to keep for later reads: as many as there are reads at once
     */
    public KafkaBatchReader(
            Supplier<? extends org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers,
            Duration deadline,
            int idle) {
        this.consumers = new ConsumerPool(consumers, idle);
        this.deadline = deadline;
    }

    @Override
    public void read(BatchRange range, AttemptId attempt, Consumer<Batch> batches) {
        if (range.batches() == 0) {
            return;
        }
        KafkaTopics.requireOfRows(range.lane().topic());
        AnnouncedBatches announced = new AnnouncedBatches(range, attempt);
        try (RangeFetch fetch = new RangeFetch(consumers, range, deadline)) {
            while (!announced.areComplete()) {
                for (ConsumerRecord<byte[], byte[]> record : fetch.next()) {
                    announced.take(record).ifPresent(batches);
                }
            }
        }
    }

    /** Ends the idle consumers; reads under way end by themselves. */
    @Override
    public void close() {
        consumers.close();
    }
}
