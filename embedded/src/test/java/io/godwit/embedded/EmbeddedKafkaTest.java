package io.godwit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    private static final TopicPartition LANE = new TopicPartition("lane", 0);

    @Test
    void temporaryBrokerLeavesNothingBehind() throws Exception {
        Path home;
        ProcessHandle broker;
        int port;
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            home = kafka.directory();
            broker = ProcessHandle.of(kafka.pid()).orElseThrow();
            port = kafka.port();
            createTopic(kafka);
            send(kafka, new byte[] {1});
            assertThat(read(kafka)).containsExactly(new byte[] {1});
        }
        assertThat(home).doesNotExist();
        assertThat(Signals.isRunning(broker)).isFalse();
        assertThat(FreePort.isFree(port)).isTrue();
    }

    @Test
    void keepsAcknowledgedRecordsOverKillAndStopOnTheSamePort() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            String servers = kafka.bootstrapServers();
            createTopic(kafka);
            send(kafka, new byte[] {1});

            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();
            kafka.start();
            send(kafka, new byte[] {2});
            kafka.stop();
            kafka.start();

            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            assertThat(read(kafka)).containsExactly(new byte[] {1}, new byte[] {2});
        }
    }

    @Test
    void givenDirectoryIsKeptAndServesOneBrokerAtATime(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().directory(directory).start()) {
            createTopic(kafka);
            send(kafka, new byte[] {1});
            assertThatThrownBy(() ->
                            EmbeddedKafka.builder().directory(directory).start().close())
                    .hasMessageContaining("in use");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().directory(directory).start()) {
            assertThat(read(kafka)).containsExactly(new byte[] {1});
        }
    }

    @Test
    void endsWithTheProcessThatStartedItAndDeletesItsFiles() throws Exception {
        try (OtherProcess other = OtherProcess.run(LoneServers.class, "kafka", "")) {
            ProcessHandle broker = ProcessHandle.of(other.readNumber()).orElseThrow();
            Path home = Path.of(other.readLine());
            assertThat(home).isDirectory();

            other.kill();

            assertThat(Await.until(OtherProcess.LIMIT, () -> !Signals.isRunning(broker)))
                    .isTrue();
            assertThat(Await.until(OtherProcess.LIMIT, () -> !Files.exists(home)))
                    .isTrue();
        }
    }

    @Test
    void brokerOfALostProcessIsEndedAtTheNextStart(@TempDir Path directory) throws Exception {
        try (OtherProcess other = OtherProcess.run(LoneServers.class, "kafka", directory.toString())) {
            ProcessHandle broker = ProcessHandle.of(other.readNumber()).orElseThrow();
            other.killWithChildren("sh"); // the leash, so that the broker stays
            assertThat(broker.isAlive()).isTrue();

            try (EmbeddedKafka kafka =
                    EmbeddedKafka.builder().directory(directory).start()) {
                assertThat(Signals.isRunning(broker)).isFalse();
                createTopic(kafka);
            }
        }
    }

    @Test
    void takesOneMebibyteAndMakesNoTopicByUse() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            createTopic(kafka);
            send(kafka, new byte[1_000_000]);
            assertThatThrownBy(() -> send(kafka, new byte[1 << 20])).hasCauseInstanceOf(RecordTooLargeException.class);
            try (KafkaProducer<byte[], byte[]> producer = producer(kafka, Map.of("max.block.ms", 500))) {
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>("other", new byte[1]))
                                .get(60, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(TimeoutException.class);
            }
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(LANE.topic(), 1, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static void send(EmbeddedKafka kafka, byte[] record) throws Exception {
        // Uncompressible sizes count after compression: the large ones go plain.
        String compression = record.length < 100 ? "lz4" : "none";
        try (KafkaProducer<byte[], byte[]> producer =
                producer(kafka, Map.of("compression.type", compression, "max.request.size", 2 << 20))) {
            producer.send(new ProducerRecord<>(LANE.topic(), LANE.partition(), null, record))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka, Map<String, Object> more) {
        Map<String, Object> settings = new java.util.HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("acks", "all");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static List<byte[]> read(EmbeddedKafka kafka) {
        List<byte[]> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(LANE));
            consumer.seekToBeginning(List.of(LANE));
            long end = consumer.endOffsets(List.of(LANE)).getOrDefault(LANE, 0L);
            long deadline = System.nanoTime() + OtherProcess.LIMIT.toNanos();
            while (consumer.position(LANE) < end && System.nanoTime() - deadline < 0) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(record.value()));
            }
        }
        return records;
    }
}
