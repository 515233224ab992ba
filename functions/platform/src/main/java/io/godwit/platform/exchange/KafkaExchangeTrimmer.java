package io.godwit.platform.exchange;

import io.godwit.core.exchange.Lane;
import io.godwit.core.port.ExchangeTrimmer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Deletes records in the background, one request at a time: what is asked for meanwhile is put together, and of each
 * lane only the highest offset counts. Segments leave the disk when Kafka next looks
 * ({@code log.retention.check.interval.ms}).
 */
public final class KafkaExchangeTrimmer implements ExchangeTrimmer, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KafkaExchangeTrimmer.class.getName());

    private final Supplier<? extends Admin> admins;
    private final Map<TopicPartition, Long> asked = new HashMap<>();
    private final Map<TopicPartition, Long> trimmed = new HashMap<>();
    private @Nullable Admin admin;
    private boolean underWay;
    private boolean closed;

    /** @param admins makes an admin client with the settings of {@link KafkaSettings#admin}; asked at the first use */
    public KafkaExchangeTrimmer(Supplier<? extends Admin> admins) {
        this.admins = admins;
    }

    @Override
    public void trim(Lane lane, long offset) {
        if (offset <= 0) {
            return; // Nothing lies below; and -1 would mean everything to Kafka.
        }
        TopicPartition partition = new TopicPartition(lane.topic(), lane.partition());
        synchronized (this) {
            if (!closed && trimmed.getOrDefault(partition, 0L) < offset) {
                asked.merge(partition, offset, Math::max);
                deleteNext();
            }
        }
    }

    /** Called with the monitor held. */
    private void deleteNext() {
        if (underWay || closed || asked.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> batch = new HashMap<>(asked);
        asked.clear();
        underWay = true;
        try {
            if (admin == null) {
                admin = admins.get();
            }
            Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
            batch.forEach((partition, offset) -> records.put(partition, RecordsToDelete.beforeOffset(offset)));
            Map<TopicPartition, KafkaFuture<DeletedRecords>> deletions =
                    admin.deleteRecords(records).lowWatermarks();
            List<KafkaFuture<?>> ends = new ArrayList<>();
            deletions.forEach((partition, deletion) ->
                    ends.add(deletion.whenComplete((low, failed) -> ended(partition, batch, failed))));
            KafkaFuture<Void> unused =
                    KafkaFuture.allOf(ends.toArray(KafkaFuture<?>[]::new)).whenComplete((all, failed) -> free());
        } catch (KafkaException failed) {
            underWay = false;
            batch.keySet().forEach(partition -> ended(partition, batch, failed));
        }
    }

    private void ended(TopicPartition partition, Map<TopicPartition, Long> batch, @Nullable Throwable failed) {
        long offset = batch.getOrDefault(partition, 0L);
        if (failed == null) {
            synchronized (this) {
                trimmed.merge(partition, offset, Math::max);
            }
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> partition + ": records below " + offset + " stay until the next trimming of the lane: "
                            + failed);
        }
    }

    private synchronized void free() {
        underWay = false;
        deleteNext();
    }

    /** What was asked for and not done stays in the exchange. */
    @Override
    public void close() {
        Admin last;
        synchronized (this) {
            closed = true;
            last = admin;
            admin = null;
        }
        if (last != null) {
            last.close(Duration.ZERO);
        }
    }
}
