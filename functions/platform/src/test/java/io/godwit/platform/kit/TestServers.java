package io.godwit.platform.kit;

import io.godwit.core.exchange.Lane;
import io.godwit.core.job.Connection;
import io.godwit.core.port.BatchReader;
import io.godwit.embedded.EmbeddedKafka;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.exchange.KafkaBatchReader;
import io.godwit.platform.exchange.KafkaExchange;
import io.godwit.platform.exchange.KafkaSettings;
import io.godwit.platform.exchange.KafkaTopics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The one PostgreSQL and the one Kafka of this test JVM. */
public final class TestServers {
    public static final String TOPIC = KafkaTopics.ofRows("default");

    private static final EmbeddedPostgres POSTGRES =
            EmbeddedPostgres.builder().fsync(false).start();
    private static final EmbeddedKafka KAFKA = EmbeddedKafka.builder().start();
    private static final KafkaExchange EXCHANGE =
            KafkaExchange.at(Map.of("bootstrap.servers", KAFKA.bootstrapServers()));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            EXCHANGE.close();
            KAFKA.close();
            POSTGRES.close();
        }));
        EXCHANGE.topics().ensure(TOPIC, 4, (short) 1, KafkaTopics.SETTINGS);
    }

    private TestServers() {}

    public static EmbeddedPostgres postgres() {
        return POSTGRES;
    }

    public static KafkaExchange exchange() {
        return EXCHANGE;
    }

    /** Deletes the records of a lane below an offset, and returns when they are gone. */
    public static void deleteRecords(Lane lane, long below) {
        EXCHANGE.trimmer().trim(lane, below);
        LaneOffsets.awaitBeginning(Map.of("bootstrap.servers", KAFKA.bootstrapServers()), lane, below);
    }

    /**
     * Reads with a consumer of its own each time: one that was used before may have fetched ahead, and then still holds
     * what is deleted.
     */
    public static BatchReader freshReader() {
        Map<String, Object> settings = KafkaSettings.consumer(Map.of("bootstrap.servers", KAFKA.bootstrapServers()));
        return new KafkaBatchReader(() -> new KafkaConsumer<>(settings), Duration.ofSeconds(60), 0);
    }

    public static String bootstrapServers() {
        return KAFKA.bootstrapServers();
    }

    /** A connection to a database, which is made where it is missing. */
    public static Connection connection(String database) {
        try {
            POSTGRES.createDatabase(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Connection(
                database,
                "postgresql",
                POSTGRES.host(),
                POSTGRES.port(),
                database,
                POSTGRES.user(),
                "env:TEST_PASSWORD",
                Map.of(),
                Connection.Limits.NONE,
                List.of());
    }
}
