package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows that a topic does not take, and those that their reader refuses, are kept in the cluster; a replay of them that
 * is killed is gone on with by the same command, and writes each once.
 */
class DirtyTopicIT {
    private static final TopicPartition PEOPLE = new TopicPartition("people", 0);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @ParameterizedTest
    @CsvSource({"ROWS_WRITTEN,before", "COMMITTED,after"})
    void rowsThatATopicDoesNotTakeAreKeptAndReplayedOnce(String step, String job) throws Exception {
        String run = job + ".20261122T020000Z";
        try (EmbeddedKafka broker = EmbeddedKafka.builder().start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(
                            List.of(new NewTopic("people", 1, (short) 1).configs(Map.of("max.message.bytes", "1024"))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            Path file = job(job, broker.port());

            Result first = GodwitProcess.run(home, "run", file.toString(), "--plan-time", "2026-11-22T02:00:00Z");

            assertThat(first.exitCode()).as(first.toString()).isEqualTo(4);
            assertThat(first.out()).contains("270 rows  31 quarantined");
            assertThat(ids(broker)).hasSize(270);
            Result listed = GodwitProcess.run(home, "quarantine", run);
            assertThat(listed.out()).contains("(id)=(10)", "MESSAGE_TOO_LARGE");
            Path export = home.resolve("export");
            Result exported = GodwitProcess.run(home, "quarantine", run, "--export", export.toString());
            assertThat(exported.exitCode()).as(exported.toString()).isZero();
            assertThat(Files.readAllLines(export.resolve("people.csv"))).hasSize(31);
            assertThat(export.resolve("people_raw.txt")).hasContent("no number,x");

            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "people");
            admin.incrementalAlterConfigs(Map.of(
                            topic,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "100000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            GodwitProcess killed = GodwitProcess.start(
                    home, List.of("godwit.local.interruptions=" + step + ":1:hang"), "quarantine", run, "--replay");
            awaitMessages(broker, 300);
            killed.kill();
            Result replayed = GodwitProcess.run(home, "quarantine", run, "--replay");

            // What cannot be read is refused again.
            assertThat(replayed.exitCode()).as(replayed.toString()).isEqualTo(4);
            assertThat(replayed.out()).contains("30 rows  1 quarantined");
            assertThat(ids(broker))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 300).boxed().toList());
            assertThat(GodwitProcess.run(home, "status", run).out()).contains("31 quarantined (30 replayed, 1 open)");
        }
    }

    /** Of 300 rows, 30 are too large; line 2 is none. */
    private Path job(String name, int port) throws Exception {
        Random random = new Random(1);
        StringBuilder people = new StringBuilder("id,name\nno number,x\n");
        for (int id = 1; id <= 300; id++) {
            people.append(id).append(',');
            random.ints(id % 10 == 0 ? 3000 : 10, 'a', 'z').forEach(people::appendCodePoint);
            people.append('\n');
        }
        Files.writeString(home.resolve("people.csv"), people);
        Files.writeString(home.resolve("people_schema.json"), """
                {"version": 1, "columns": [{"name": "id", "type": "int8"}, {"name": "name", "type": "text"}]}""");
        return Files.writeString(home.resolve(name + ".yaml"), """
                kind: Connection
                name: files
                type: file
                database: %s
                options: { format: csv }
                ---
                kind: Connection
                name: events
                type: kafka
                host: 127.0.0.1
                port: %d
                database: kafka
                options: { key: id }
                ---
                kind: Job
                name: %s
                steps:
                  - name: copy
                    migrate:
                      from: { connection: files, tables: [people] }
                      to: { connection: events, table: people }
                      quarantine: { rows: 31 }
                """.formatted(home, port, name));
    }

    /** The ids of the committed messages. */
    private static List<Long> ids(EmbeddedKafka broker) {
        List<Long> ids = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker, "read_committed")) {
            long end = end(broker);
            while (consumer.position(PEOPLE) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> {
                    String key = new String(message.key(), StandardCharsets.UTF_8);
                    ids.add(Long.valueOf(key.replaceAll("\\D", "")));
                });
            }
        }
        return ids;
    }

    /** Until so many were sent, committed or not, and nothing more comes. */
    private static void awaitMessages(EmbeddedKafka broker, int all) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        long last = 0;
        while (true) {
            assertThat(System.nanoTime() - deadline)
                    .as("the replay came as far as that within two minutes")
                    .isNegative();
            long end = end(broker);
            if (end >= all && end == last) {
                return;
            }
            last = end;
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        }
    }

    private static long end(EmbeddedKafka broker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker, "read_uncommitted")) {
            return consumer.endOffsets(List.of(PEOPLE)).getOrDefault(PEOPLE, 0L);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedKafka broker, String isolation) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(PEOPLE));
        consumer.seekToBeginning(List.of(PEOPLE));
        return consumer;
    }
}
