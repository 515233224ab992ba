package io.godwit.platform.exchange;

import io.godwit.core.exchange.Lane;
import io.godwit.core.port.BatchPublisher;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches through one producer that all streams share: its buffer bounds the memory of them all. A producer that
 * has become unusable is replaced by a new one; streams that were under way on it fail.
 */
public final class KafkaBatchPublisher implements BatchPublisher, AutoCloseable {
    private final Supplier<? extends Producer<byte[], byte[]>> producers;
    private final Duration deadline;
    private @Nullable Producer<byte[], byte[]> current;

    /**
     * @param producers makes producers with the settings of {@link KafkaSettings#producer}; asked at the first use
     * @param deadline of {@code complete()}; no shorter than the producer's own delivery timeout makes sense
     */
    public KafkaBatchPublisher(Supplier<? extends Producer<byte[], byte[]>> producers, Duration deadline) {
        this.producers = producers;
        this.deadline = deadline;
    }

    @Override
    public Stream open(Lane lane) {
        KafkaTopics.requireOfRows(lane.topic());
        return new KafkaBatchStream(this, producer(), lane, deadline);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (current == null) {
            current = producers.get();
        }
        return current;
    }

    /** A stream found its producer unusable. */
    void retire(Producer<byte[], byte[]> broken) {
        synchronized (this) {
            if (current != broken) {
                return;
            }
            current = null;
        }
        broken.close(Duration.ZERO);
    }

    /** Ends the producer; streams that were not completed fail. */
    @Override
    public void close() {
        Producer<byte[], byte[]> last;
        synchronized (this) {
            last = current;
            current = null;
        }
        if (last != null) {
            last.close(Duration.ZERO);
        }
    }
}
