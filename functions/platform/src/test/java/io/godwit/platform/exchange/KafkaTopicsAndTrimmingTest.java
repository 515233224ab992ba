package io.godwit.platform.exchange;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.Lane;
import io.godwit.embedded.EmbeddedKafka;
import io.godwit.platform.kit.LaneOffsets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KafkaTopicsAndTrimmingTest {
    private static EmbeddedKafka kafka;
    private static KafkaExchange exchange;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.builder().start();
        exchange = KafkaExchange.at(connection());
    }

    @AfterAll
    static void stop() {
        exchange.close();
        kafka.close();
    }

    @Test
    void topicIsMadeOnceAndGrowsButNeverShrinks() throws Exception {
        String topic = KafkaTopics.ofRows("grown");
        exchange.topics().ensure(topic, 2, (short) 1, KafkaTopics.SETTINGS);
        exchange.topics().ensure(topic, 2, (short) 1, KafkaTopics.SETTINGS);
        assertThat(partitions(topic)).isEqualTo(2);
        exchange.topics().ensure(topic, 5, (short) -1, KafkaTopics.SETTINGS);
        assertThat(partitions(topic)).isEqualTo(5);
        exchange.topics().ensure(topic, 3, (short) 1, Map.of());
        assertThat(partitions(topic)).isEqualTo(5);
        assertThat(setting(topic, "retention.ms")).isEqualTo(KafkaTopics.SETTINGS.get("retention.ms"));
    }

    @Test
    void manyMayMakeTheSameTopicAtOnce() throws Exception {
        String topic = KafkaTopics.ofRows("shared");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> ensure = () -> {
                exchange.topics().ensure(topic, 3, (short) 1, KafkaTopics.SETTINGS);
                return null;
            };
            for (Future<Void> made : threads.invokeAll(Collections.nCopies(4, ensure))) {
                made.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(partitions(topic)).isEqualTo(3);
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        KafkaTopics topics = KafkaExchange.at(Map.of(
                        "bootstrap.servers", "127.0.0.1:" + free,
                        "default.api.timeout.ms", "300",
                        "request.timeout.ms", "200"))
                .topics();
        GodwitException failure =
                catchThrowableOfType(GodwitException.class, () -> topics.ensure("t", 1, (short) 1, Map.of()));
        assertThat(failure.code()).isEqualTo(ErrorCode.EXCHANGE_UNREACHABLE);
    }

    @Test
    void trimmingDeletesBelowTheHighestOffsetAskedForAndNothingElse() {
        Lane first = lane("trimmed", 0);
        Lane second = lane("trimmed", 1);
        SentBatches.of(100, 10).into(first, exchange.publisher());
        SentBatches kept = SentBatches.of(10, 10);
        var range = kept.into(second, exchange.publisher());

        for (long offset = 1; offset <= 90; offset++) {
            exchange.trimmer().trim(first, offset);
        }
        exchange.trimmer().trim(first, 40);
        exchange.trimmer().trim(second, -1);
        exchange.trimmer().trim(second, 0);
        exchange.trimmer().trim(lane("trimmed", 0), 95);

        LaneOffsets.awaitBeginning(connection(), first, 95);
        LaneOffsets.awaitBeginning(connection(), second, 0);
        assertThat(SentBatches.read(exchange.reader(), range, kept.attempt())).isEqualTo(kept.facts());
    }

    @Test
    void trimmingThatFailsThrowsNothingAndHindersNoOther() {
        Lane lane = lane("robust", 0);
        SentBatches.of(10, 10).into(lane, exchange.publisher());
        exchange.trimmer().trim(lane, 5000);
        exchange.trimmer().trim(lane, 7);
        LaneOffsets.awaitBeginning(connection(), lane, 7);
    }

    private static Lane lane(String pool, int partition) {
        exchange.topics().ensure(KafkaTopics.ofRows(pool), 2, (short) 1, KafkaTopics.SETTINGS);
        return new Lane(KafkaTopics.ofRows(pool), partition);
    }

    private static int partitions(String topic) throws Exception {
        try (Admin admin = Admin.create(KafkaSettings.admin(connection()))) {
            return requireNonNull(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic))
                    .partitions()
                    .size();
        }
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(KafkaSettings.admin(connection()))) {
            return requireNonNull(
                            admin.describeConfigs(List.of(resource)).all().get().get(resource))
                    .get(name)
                    .value();
        }
    }

    private static Map<String, String> connection() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }
}
