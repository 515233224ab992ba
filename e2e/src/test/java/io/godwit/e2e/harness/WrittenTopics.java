package io.godwit.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.godwit.embedded.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Tables of a cluster of their own, as any consumer of committed messages sees them. */
final class WrittenTopics implements FaultTarget {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> TABLES = List.of("orders", "lines", "texts");

    private final EmbeddedKafka broker;

    WrittenTopics() {
        this.broker = EmbeddedKafka.builder().start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    }

    @Override
    public void create() {}

    @Override
    public String document() {
        return """
                kind: Connection
                name: target
                type: kafka
                host: 127.0.0.1
                port: %d
                database: kafka
                options: { partitions: 3 }
                ---
                """.formatted(broker.port());
    }

    @Override
    public void kill() {
        broker.kill();
        broker.start();
    }

    @Override
    public List<String> rows(String table, List<String> columns) throws IOException {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : messages(table)) {
            rows.add(columns.stream().map(column -> row.path(column).asText()).collect(Collectors.joining("|")));
        }
        rows.sort(null);
        return rows;
    }

    /** What a writer had begun, and can no longer end, holds messages back until its transaction times out. */
    @Override
    public void isWhatTheLedgerSays() throws Exception {
        Waiting.until(PATIENCE, () -> {
            long rows = 0;
            for (JsonNode record : messages("godwit-ledger")) {
                rows += record.path("rows").asLong();
            }
            long messages = 0;
            for (String table : TABLES) {
                messages += messages(table).size();
            }
            assertThat(messages).isEqualTo(rows);
        });
    }

    private List<JsonNode> messages(String topic) throws IOException {
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                assertThat(System.nanoTime() - deadline)
                        .as("waited for messages of " + topic)
                        .isNegative();
                consumer.poll(Duration.ofMillis(100)).forEach(message -> values.add(message.value()));
            }
        }
        List<JsonNode> messages = new ArrayList<>();
        for (byte[] value : values) {
            messages.add(JSON.readTree(value));
        }
        return messages;
    }
}
