package io.godwit.connector.kafka;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonFields;
import io.godwit.connector.json.JsonRowException;
import io.godwit.connector.kafka.Messages.Part;
import io.godwit.connector.kafka.avro.AvroSchemas;
import io.godwit.connector.kafka.avro.UnfitAvroException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The tables that topics are, as a source sees them. */
final class TopicTables {
    /** Messages of each partition that are looked into for columns. */
    private static final int SAMPLED = 200;

    private static final int MOST_PARTITIONS_SAMPLED = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Connection connection;
    private final KafkaOptions options;
    private final KafkaErrors errors;
    private final Topics topics;
    private final CommittedRecords records;
    private final Registry registry;
    private final KnownColumns known;

    TopicTables(
            Connection connection,
            KafkaOptions options,
            KafkaErrors errors,
            Topics topics,
            CommittedRecords records,
            Registry registry) {
        this.connection = connection;
        this.options = options;
        this.errors = errors;
        this.topics = topics;
        this.records = records;
        this.registry = registry;
        this.known = new KnownColumns(options.format(), errors, topics, records);
    }

    TableName name(String topic) {
        return new TableName(connection.database(), null, topic);
    }

    /** Those that exist. */
    List<TableDescription> describe(List<TableName> tables) {
        Map<String, Topics.Topic> found = topics.find(tables.stream()
                .map(Topics::name)
                .filter(name -> !Topics.isOwn(name))
                .toList());
        Map<String, List<JsonField>> columns = options.isRaw() ? Map.of() : known.of(undeclared(found));
        // All brokers are asked, and answer with all of their partitions: once for all topics.
        Map<TopicPartition, Long> bytes = found.isEmpty() ? Map.of() : topics.bytes(found.keySet());
        List<TableDescription> described = new ArrayList<>();
        for (TableName table : tables) {
            Topics.Topic topic = found.get(Topics.name(table));
            if (topic != null) {
                described.add(describe(table, topic, Optional.ofNullable(columns.get(topic.name())), bytes));
            }
        }
        return described;
    }

    /** What a connection declares counts more than what is known. */
    private Map<String, Topics.Topic> undeclared(Map<String, Topics.Topic> found) {
        Map<String, Topics.Topic> others = new TreeMap<>(found);
        others.keySet().removeIf(name -> options.declared(name).isPresent());
        return others;
    }

    private TableDescription describe(
            TableName table, Topics.Topic topic, Optional<List<JsonField>> written, Map<TopicPartition, Long> bytes) {
        List<Column> columns = new ArrayList<>();
        if (!options.isRaw()) {
            List<Column> inValue = inValue(topic, written);
            requireApart(topic, inValue);
            columns.addAll(inValue);
        }
        if (options.isRaw() || options.hasMetadata()) {
            for (Part part : Part.of(options.isRaw())) {
                boolean nullable = part == Part.KEY || part == Part.VALUE || part == Part.TIMESTAMP;
                columns.add(column(part.column(options.isRaw()), part.type(), nullable));
            }
        }
        Map<TopicPartition, Long> begins = topics.begins(topic.all());
        long rows = topics.committedEnds(topic.all()).entrySet().stream()
                .mapToLong(end -> end.getValue() - begins.getOrDefault(end.getKey(), 0L))
                .sum();
        List<Long> known = topic.all().stream()
                .filter(bytes::containsKey)
                .map(partition -> bytes.getOrDefault(partition, 0L))
                .toList();
        return new TableDescription(
                table,
                "topic",
                columns,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                rows,
                known.isEmpty() ? -1 : known.stream().mapToLong(Long::longValue).sum());
    }

    /**
     * The columns of values. Those of Avro are its schema's, whoever wrote the topic before: others may have changed
     * it.
     *
     * @param written what Godwit wrote, where it did
     */
    private List<Column> inValue(Topics.Topic topic, Optional<List<JsonField>> written) {
        if (options.isAvro()) {
            Map<String, LogicalType> known = new HashMap<>();
            written.ifPresent(fields -> fields.forEach(field -> known.put(field.name(), field.type())));
            return AvroSchemas.columns(schema(topic), known).stream()
                    .map(column -> column(column.name(), column.type(), column.nullable()))
                    .toList();
        }
        return columns(written.or(() -> options.declared(topic.name())).orElseGet(() -> sample(topic)));
    }

    private static List<Column> columns(List<JsonField> fields) {
        return fields.stream()
                .map(field -> column(field.name(), field.type(), true))
                .toList();
    }

    /**
     * What the values of a topic are, which are not bytes to us.
     *
     * @param schema that values of Avro are resolved to; null: the latest
     */
    ValueReader.Form form(Topics.Topic topic, @Nullable Integer schema) {
        return options.isAvro()
                ? AvroValues.of(registry, errors, topic.name(), schema == null ? schema(topic) : planned(topic, schema))
                : ValueReader.json(isOurs(topic));
    }

    /** The id of the schema whose fields the columns of a topic are; empty where it is not of Avro. */
    Optional<Integer> latestSchema(Topics.Topic topic) {
        return options.isAvro() ? registry.latestId(topic.name()).or(() -> firstSchema(topic)) : Optional.empty();
    }

    /** The latest schema of a topic's values; that of its first message, where the registry has it by another name. */
    private Schema schema(Topics.Topic topic) {
        return parsed(
                topic,
                registry.latest(topic.name())
                        .or(() -> firstSchema(topic).flatMap(registry::schema))
                        .orElseThrow(() -> errors.error(
                                ErrorCode.NOT_SUPPORTED,
                                "topic " + topic.name() + ": the registry has no schema under "
                                        + Registry.subject(topic.name()) + ", and no message names one",
                                "Check the registry of the connection, or write format: json or raw.")));
    }

    /** The schema that was the latest when the run was planned. */
    private Schema planned(Topics.Topic topic, int id) {
        return parsed(
                topic,
                registry.schema(id)
                        .orElseThrow(() -> errors.error(
                                ErrorCode.SOURCE_CHANGED,
                                "topic " + topic.name() + ": the registry has no schema " + id
                                        + " any more, by which the run was planned",
                                "Start a new run: it plans by the schema as it is now.")));
    }

    private Schema parsed(Topics.Topic topic, String text) {
        try {
            return AvroSchemas.parse(text);
        } catch (UnfitAvroException e) {
            throw errors.error(
                    ErrorCode.NOT_SUPPORTED,
                    "topic " + topic.name() + ": its schema is " + e.reason(),
                    "Write format: raw to take messages as bytes.");
        }
    }

    private Optional<Integer> firstSchema(Topics.Topic topic) {
        List<Integer> ids = new ArrayList<>();
        Map<TopicPartition, Long> begins = topics.begins(topic.all());
        Map<TopicPartition, Long> ends = topics.committedEnds(topic.all());
        for (TopicPartition partition : topic.all()) {
            long first = begins.getOrDefault(partition, 0L);
            long end = Math.min(first + SAMPLED, ends.getOrDefault(partition, first));
            if (ids.isEmpty()) {
                records.readWhile(partition, first, end, PATIENCE, record -> {
                    byte[] value = record.value();
                    if (value != null) {
                        try {
                            ids.add(AvroValues.schemaOf(value));
                        } catch (Messages.UnreadableException e) {
                            return true; // another may have one
                        }
                    }
                    return ids.isEmpty();
                });
            }
        }
        return ids.stream().findFirst();
    }

    /** A key of the value and a part of the message would be one column, and a row would have one for the other. */
    private void requireApart(Topics.Topic topic, List<Column> inValue) {
        List<String> parts =
                Part.of(false).stream().map(part -> part.column(false)).toList();
        List<String> both =
                inValue.stream().map(Column::name).filter(parts::contains).toList();
        if (options.hasMetadata() && !both.isEmpty()) {
            throw errors.error(
                    ErrorCode.NOT_SUPPORTED,
                    "topic " + topic.name() + ": the values of its messages have keys of their own by the names "
                            + String.join(", ", both)
                            + ", which option metadata: true gives to what stands around them",
                    "Read the topic by a connection without metadata: the columns are then the keys of the values.");
        }
    }

    static Column column(String name, LogicalType type, boolean nullable) {
        return new Column(name, type, type.notation(), nullable, null, false, null, null, null);
    }

    /** Whether it was Godwit that wrote the topic, so that its own conventions hold. */
    private boolean isOurs(Topics.Topic topic) {
        return !options.isRaw()
                && options.declared(topic.name()).isEmpty()
                && known.of(Map.of(topic.name(), topic)).containsKey(topic.name());
    }

    private List<JsonField> sample(Topics.Topic topic) {
        JsonFields fields = new JsonFields();
        Map<TopicPartition, Long> begins = topics.begins(topic.all());
        Map<TopicPartition, Long> ends = topics.committedEnds(topic.all());
        topic.all().stream().limit(MOST_PARTITIONS_SAMPLED).forEach(partition -> {
            long first = begins.getOrDefault(partition, 0L);
            long end = Math.min(first + SAMPLED, ends.getOrDefault(partition, first));
            records.read(partition, first, end, PATIENCE, record -> {
                byte[] value = record.value();
                if (value != null) {
                    try {
                        fields.see(value, 0, value.length);
                    } catch (JsonRowException e) {
                        throw noJson(partition, record.offset(), e);
                    }
                }
            });
        });
        return fields.fields();
    }

    private GodwitException noJson(TopicPartition partition, long offset, JsonRowException e) {
        return new GodwitException(
                ErrorCode.ROW_NOT_CONVERTIBLE,
                "connection " + connection.name() + ": " + place(partition, offset) + ": " + e.getMessage(),
                "Write format: raw to take messages as bytes, or declare the topic's columns.",
                e);
    }

    static String place(TopicPartition partition, long offset) {
        return "topic " + partition.topic() + ", partition " + partition.partition() + ", offset " + offset;
    }

    /** The topic of a table. */
    Topics.Topic topic(TableName table) {
        String name = Topics.name(table);
        return topics.find(name)
                .filter(topic -> !Topics.isOwn(name))
                .orElseThrow(() -> errors.error(
                        ErrorCode.SOURCE_TABLE_NOT_FOUND,
                        "no topic " + name,
                        "Check the topic's name and case, and that the user may describe it."));
    }
}
