package io.godwit.reader;

import io.godwit.core.job.Connection;
import io.godwit.embedded.EmbeddedKafka;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.exchange.KafkaExchange;
import io.godwit.platform.exchange.KafkaTopics;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The one PostgreSQL and the one Kafka of this test JVM. */
final class Servers {
    static final String TOPIC = KafkaTopics.ofRows("default");

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

    private Servers() {}

    static EmbeddedPostgres postgres() {
        return POSTGRES;
    }

    static KafkaExchange exchange() {
        return EXCHANGE;
    }

    static String bootstrapServers() {
        return KAFKA.bootstrapServers();
    }

    /** A connection to a database, which is made where it is missing. */
    static Connection connection(String database) {
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
