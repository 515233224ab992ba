package io.godwit.platform.exchange;

import io.godwit.core.row.BatchFormat;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Settings of the exchange's clients, over the ones that say where Kafka is ({@code bootstrap.servers},
 * {@code security.*}, {@code sasl.*}, {@code ssl.*}), which win.
 */
public final class KafkaSettings {
    /**
     * Room for one full batch with its headers, so that the producer's pool reuses the buffer; and, with the array's
     * own header, less than half of a G1 region of 1 MiB, so that it is no humongous object.
     */
    static final int RECORD_BYTES = BatchFormat.DEFAULT_BATCH_BYTES + 960;

    private static final int BUFFER_BYTES = 32 << 20;

    /** What one fetch brings; a consumer holds two of them at most: one being handed out, one under way. */
    private static final int FETCH_BYTES = 2 << 20;

    private static final int SOCKET_BYTES = 1 << 20;

    private static final int DELIVERY_MILLIS = 45_000;

    private KafkaSettings() {}

    /**
     * Idempotent, acknowledged by all in-sync replicas, 32 MiB of buffers; compressed by lz4 unless Kafka is on this
     * machine.
     */
    public static Map<String, Object> producer(Map<String, ?> connection) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, RECORD_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) BUFFER_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        boolean loopback = isLoopback(connection);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, loopback ? "none" : "lz4");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        // NIO copies what is left of a record before every write: one that takes it whole saves a fifth of the CPU
        // time.
        // Beyond this machine the system's own choice (-1) is better, which grows with the distance.
        settings.put(ProducerConfig.SEND_BUFFER_CONFIG, loopback ? SOCKET_BYTES : -1);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return over(settings, connection);
    }

    /** No group, no offset but the one that is asked for, checksums checked, about 4 MiB of buffers. */
    public static Map<String, Object> consumer(Map<String, ?> connection) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        settings.put(ConsumerConfig.CHECK_CRCS_CONFIG, true);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return over(settings, connection);
    }

    /** Short waits: whoever administers can ask again. */
    public static Map<String, Object> admin(Map<String, ?> connection) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
        return over(settings, connection);
    }

    /** Whether every bootstrap server is this machine by its address. */
    static boolean isLoopback(Map<String, ?> connection) {
        Object servers = connection.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        return servers != null
                && Arrays.stream(servers.toString().split(","))
                        .map(String::strip)
                        .allMatch(server -> server.matches("(localhost|127\\.[0-9.]+|\\[::1\\]):[0-9]+"));
    }

    private static Map<String, Object> over(Map<String, Object> settings, Map<String, ?> connection) {
        // Metrics of the clients' own are what nobody here reads: a thread, a registration, and JMX in native images.
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        settings.putAll(connection);
        return settings;
    }
}
