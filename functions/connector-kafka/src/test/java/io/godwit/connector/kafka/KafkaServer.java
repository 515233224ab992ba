package io.godwit.connector.kafka;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.json.JsonField;
import io.godwit.connector.kit.SampleTable;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.embedded.EmbeddedKafka;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One broker for all tests of this module, and messages in it. */
final class KafkaServer {
    private static final EmbeddedKafka BROKER = EmbeddedKafka.builder()
            // How often it looks for transactions whose time is over; by default, every ten seconds.
            .setting("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500")
            .start();

    /** Kafka has transactions: nothing is asked of the control store. */
    private static final SinkLedgers NO_LEDGERS = (SinkLedgers) Proxy.newProxyInstance(
            SinkLedgers.class.getClassLoader(), new Class<?>[] {SinkLedgers.class}, (proxy, method, arguments) -> {
                throw new IllegalStateException("the control store was asked: " + method.getName());
            });

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close));
    }

    private KafkaServer() {}

    static Connection connection(Map<String, String> options) {
        return new Connection(
                "events", "kafka", "127.0.0.1", BROKER.port(), "kafka", null, null, options, Limits.NONE, List.of());
    }

    static Sink sink(Connection connection) {
        return new KafkaConnector().sink(connection, means(), NO_LEDGERS);
    }

    static Source source(Connection connection) {
        return new KafkaConnector().source(connection, means());
    }

    static Means means() {
        return Means.of(reference -> reference);
    }

    static Map<String, Object> settings() {
        return new HashMap<>(Map.of("bootstrap.servers", BROKER.bootstrapServers()));
    }

    /** Killed and started again on its port. */
    static void crash() {
        BROKER.kill();
        BROKER.start();
    }

    interface Work<T> {
        T run(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
    }

    static <T> T with(Work<T> work) {
        try (Admin admin = Admin.create(settings())) {
            return work.run(admin);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Messages stay whatever moment they bear: the server deletes what is older than a topic's retention. */
    static void createTopic(String name, int partitions, Map<String, String> settings) {
        Map<String, String> kept = new HashMap<>(settings);
        kept.putIfAbsent("retention.ms", "-1");
        create(new NewTopic(name, partitions, (short) 1).configs(kept));
    }

    private static void create(NewTopic topic) {
        with(admin -> {
            try {
                admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            return topic;
        });
    }

    static void addPartitions(String topic, int all) {
        with(admin -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(all)))
                .all()
                .get(30, TimeUnit.SECONDS));
        while (with(admin ->
                        admin.describeTopics(List.of(topic)).allTopicNames().get(30, TimeUnit.SECONDS))
                .values()
                .stream()
                .anyMatch(now -> now.partitions().size() < all)) {
            Thread.onSpinWait();
        }
    }

    /** A producer as another process has it, which has begun a transaction of that id. */
    static KafkaProducer<byte[], byte[]> begun(String transactionalId, java.time.Duration timeout) {
        Map<String, Object> settings = settings();
        settings.put("transactional.id", transactionalId);
        settings.put("transaction.timeout.ms", (int) timeout.toMillis());
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    static void deleteRecords(String topic, int partition, long before) {
        with(admin -> admin.deleteRecords(
                        Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                .all()
                .get(30, TimeUnit.SECONDS));
    }

    static long end(String topic, int partition) {
        TopicPartition one = new TopicPartition(topic, partition);
        return with(admin -> admin.listOffsets(Map.of(one, OffsetSpec.latest()))
                .partitionResult(one)
                .get(30, TimeUnit.SECONDS)
                .offset());
    }

    static void deleteTopic(String topic) {
        with(admin -> admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS));
        while (with(admin -> admin.listTopics().names().get(30, TimeUnit.SECONDS))
                .contains(topic)) {
            Thread.onSpinWait();
        }
    }

    /** All committed messages of a topic, as any consumer sees them once what was committed shows. */
    static List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
        awaitEnds();
        Map<String, Object> settings = settings();
        settings.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(java.time.Duration.ofMillis(100)).forEach(messages::add);
            }
        }
        return messages;
    }

    /** A commit is answered before the marks of it stand in all partitions. */
    private static void awaitEnds() {
        ListTransactionsOptions ending = new ListTransactionsOptions()
                .filterStates(List.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
        while (!with(admin -> admin.listTransactions(ending).all().get(30, TimeUnit.SECONDS))
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    static void send(List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> settings = settings();
        settings.put("acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> one : sent) {
                one.get(30, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static ProducerRecord<byte[], byte[]> message(String topic, @Nullable String key, @Nullable String value) {
        return new ProducerRecord<>(topic, bytes(key), bytes(value));
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The sample as a topic of JSON, with its columns as if Godwit had written it. */
    static void create(SampleTable sample) {
        String name = sample.name().name();
        createTopic(name, 1, Map.of());
        create(KnownColumns.topic(Optional.of((short) 1)));
        String id = with(admin ->
                        admin.describeTopics(List.of(name)).allTopicNames().get(30, TimeUnit.SECONDS))
                .values()
                .iterator()
                .next()
                .topicId()
                .toString();
        List<JsonField> columns = sample.columns().stream()
                .map(column -> new JsonField(column.name(), type(column.type())))
                .toList();
        send(List.of(KnownColumns.record(new Topics.Topic(name, id, 1), "json", columns)));
        insert(sample);
    }

    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of the sample's rows, once compiled
    static void insert(SampleTable sample) {
        send(sample.rows().stream()
                .map(row -> message(sample.name().name(), null, json(sample, row)))
                .toList());
    }

    private static LogicalType type(String words) {
        return LogicalType.parse(words.replaceFirst(" COLLATE .*", ""));
    }

    private static String json(SampleTable sample, List<@Nullable String> row) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < row.size(); i++) {
            LogicalType type = type(sample.columns().get(i).type());
            String value = row.get(i);
            if (value != null) {
                json.append(json.length() > 1 ? "," : "")
                        .append(quoted(sample.columns().get(i).name()))
                        .append(':')
                        .append(type == Scalar.JSONB ? value : quoted(value));
            }
        }
        return json.append('}').toString();
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
