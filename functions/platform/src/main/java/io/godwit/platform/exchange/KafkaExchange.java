package io.godwit.platform.exchange;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * The exchange of one Kafka cluster: all that the wiring of a function needs to know of it. Clients dial at their first
 * use.
 *
 * <pre>
 * KafkaExchange exchange = KafkaExchange.at(Map.of("bootstrap.servers", "127.0.0.1:9092"));
 * exchange.topics().ensure(KafkaTopics.ofRows("default"), 8, (short) -1, KafkaTopics.SETTINGS);
 * </pre>
 */
public final class KafkaExchange implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int IDLE_CONSUMERS = 4;

    private final Map<String, ?> connection;
    private final KafkaBatchPublisher publisher;
    private final KafkaBatchReader reader;
    private final KafkaExchangeTrimmer trimmer;

    private KafkaExchange(Map<String, ?> connection, Duration deadline) {
        this.connection = Map.copyOf(connection);
        this.publisher =
                new KafkaBatchPublisher(() -> new KafkaProducer<>(KafkaSettings.producer(connection)), deadline);
        this.reader = new KafkaBatchReader(
                () -> new KafkaConsumer<>(KafkaSettings.consumer(connection)), deadline, IDLE_CONSUMERS);
        this.trimmer = new KafkaExchangeTrimmer(() -> Admin.create(KafkaSettings.admin(connection)));
    }

    /** @param connection Kafka's own settings: {@code bootstrap.servers}, and whatever else it needs to be reached */
    public static KafkaExchange at(Map<String, ?> connection) {
        return at(connection, DEADLINE);
    }

    /** @param deadline of completing a stream, and of the wait for a next record */
    public static KafkaExchange at(Map<String, ?> connection, Duration deadline) {
        return new KafkaExchange(connection, deadline);
    }

    public KafkaBatchPublisher publisher() {
        return publisher;
    }

    public KafkaBatchReader reader() {
        return reader;
    }

    public KafkaExchangeTrimmer trimmer() {
        return trimmer;
    }

    public KafkaTopics topics() {
        return new KafkaTopics(() -> Admin.create(KafkaSettings.admin(connection)));
    }

    @Override
    public void close() {
        publisher.close();
        reader.close();
        trimmer.close();
    }
}
