package io.godwit.e2e.knative;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.row.BatchFormat;
import io.godwit.platform.exchange.KafkaExchange;
import io.godwit.platform.exchange.KafkaSettings;
import io.godwit.platform.exchange.KafkaTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what comes into topics of rows, as it comes: records are deleted once they are written. Looks for a text in
 * every byte of them.
 */
final class TopicTap implements AutoCloseable {
    /** What records of the scenario entire-database hold, where they are not sealed. */
    static final String OF_A_ROW = "author 47";

    private static final int LANES = 8;
    private static final Duration POLL = Duration.ofMillis(100);

    private final String sought;
    private final Set<String> subtasks = new ConcurrentSkipListSet<>();
    private final Set<String> holding = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param sought noted where it is found; topics are made where they are missing */
    TopicTap(Map<String, String> kafka, List<String> pools, String sought) {
        this.sought = sought;
        List<TopicPartition> partitions = new ArrayList<>();
        try (KafkaExchange exchange = KafkaExchange.at(kafka)) {
            for (String pool : pools) {
                String topic = KafkaTopics.ofRows(pool);
                exchange.topics().ensure(topic, LANES, (short) 1, KafkaTopics.SETTINGS);
                for (int lane = 0; lane < LANES; lane++) {
                    partitions.add(new TopicPartition(topic, lane));
                }
            }
        }
        Map<String, Object> settings = new TreeMap<>(KafkaSettings.consumer(kafka));
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings);
        consumer.assign(partitions);
        thread = new Thread(() -> read(consumer), "topic-tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        try (consumer) {
            while (!closed) {
                consumer.poll(POLL).forEach(this::look);
            }
        }
    }

    private void look(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder();
        if (record.key() != null) {
            text.append(new String(record.key(), ISO_8859_1));
        }
        if (record.value() != null) {
            text.append(new String(record.value(), ISO_8859_1));
        }
        record.headers().forEach(header -> {
            String value = new String(header.value(), UTF_8);
            text.append(header.key()).append(value);
            if (header.key().equals(BatchFormat.SUBTASK_HEADER)) {
                subtasks.add(value);
            }
        });
        if (text.indexOf(sought) >= 0) {
            holding.add(record.topic() + "-" + record.partition() + " at " + record.offset());
        }
    }

    /** Subtasks of which a record was read. */
    Set<String> subtasks() {
        return subtasks;
    }

    /** Records that hold what was sought. */
    Set<String> holding() {
        return holding;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
