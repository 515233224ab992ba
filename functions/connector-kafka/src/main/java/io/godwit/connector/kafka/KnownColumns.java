package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.connector.json.JsonField;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.type.LogicalType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Which columns the topics have that Godwit writes: a compacted topic of one partition, a record per topic. So what was
 * written is read back as the types that it had.
 */
final class KnownColumns {
    static final String TOPIC = "godwit-columns";

    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Map<String, String> SETTINGS =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String format;
    private final KafkaErrors errors;
    private final Topics topics;
    private final CommittedRecords records;

    /** @param format what the connection says that values are: {@code json}, {@code avro} */
    KnownColumns(String format, KafkaErrors errors, Topics topics, CommittedRecords records) {
        this.format = format;
        this.errors = errors;
        this.topics = topics;
        this.records = records;
    }

    static NewTopic topic(Optional<Short> replication) {
        return new NewTopic(TOPIC, Optional.of(1), replication).configs(SETTINGS);
    }

    /** That the topic has these columns. */
    static ProducerRecord<byte[], byte[]> record(Topics.Topic topic, String format, List<JsonField> columns) {
        ObjectNode value = JSON.createObjectNode()
                .put("version", 1)
                .put("topic", topic.id())
                .put("format", format);
        ArrayNode list = value.putArray("columns");
        columns.forEach(column -> list.addObject()
                .put("name", column.name())
                .put("type", column.type().notation()));
        return new ProducerRecord<>(
                TOPIC, 0, topic.name().getBytes(UTF_8), value.toString().getBytes(UTF_8));
    }

    /**
     * The columns of those of the topics that are known, by name; of a topic made anew nothing is known.
     *
     * @throws io.godwit.core.error.GodwitException NOT_SUPPORTED where one was written in another format
     */
    Map<String, List<JsonField>> of(Map<String, Topics.Topic> wanted) {
        if (wanted.isEmpty() || topics.find(TOPIC).isEmpty()) {
            return Map.of();
        }
        Map<String, List<JsonField>> known = new HashMap<>();
        long first = topics.begins(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        long end = topics.ends(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        records.read(PARTITION, first, end, PATIENCE, record -> {
            Topics.Topic topic = wanted.get(new String(record.key(), UTF_8));
            if (topic != null && record.value() != null) {
                JsonNode value = parse(record.value());
                if (value.path("topic").asText().equals(topic.id())) {
                    requireFormat(topic, value.path("format").asText("json"));
                    known.put(topic.name(), columns(value));
                }
            }
        });
        return known;
    }

    private void requireFormat(Topics.Topic topic, String written) {
        if (!written.equals(format)) {
            throw errors.error(
                    ErrorCode.NOT_SUPPORTED,
                    "topic " + topic.name() + " has messages of format " + written,
                    "Write format: " + written + " in the connection, or take another topic.");
        }
    }

    private static List<JsonField> columns(JsonNode value) {
        List<JsonField> columns = new ArrayList<>();
        value.path("columns")
                .forEach(column -> columns.add(new JsonField(
                        column.path("name").asText(),
                        LogicalType.parse(column.path("type").asText()))));
        return columns;
    }

    private static JsonNode parse(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            return JSON.missingNode(); // of somebody else: it says nothing of any topic
        }
    }
}
