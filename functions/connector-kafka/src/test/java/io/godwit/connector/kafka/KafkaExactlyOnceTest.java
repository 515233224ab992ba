package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * What else may happen to a subtask's transaction, its ledger and its topic, and why its rows are there once all the
 * same.
 */
class KafkaExactlyOnceTest {
    private final Connection connection = KafkaServer.connection(Map.of("partitions", "2"));
    private final Sink sink = KafkaServer.sink(connection);
    private LoadedStep step = LoadedStep.of(connection, "unset", Instant.EPOCH);

    @BeforeEach
    void prepare(TestInfo test) {
        String topic = "once-" + Integer.toHexString(test.getDisplayName().hashCode());
        step = LoadedStep.of(connection, topic, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        step.prepare(sink);
    }

    @AfterEach
    void close() {
        sink.close();
    }

    /** A writer of another process, that has sent everything and only has to commit. */
    private KafkaProducer<byte[], byte[]> aboutToCommit(int split, Duration timeout) {
        KafkaProducer<byte[], byte[]> other = KafkaServer.begun(StepTransactions.idOf(step.subtask(split)), timeout);
        var unused = other.send(KafkaServer.message(step.topic(), null, "{\"id\":99,\"name\":\"of the other\"}"));
        unused = other.send(LedgerTopic.record(step.id(), new LedgerRecord.Written(row(step.subtask(split)), null)));
        other.flush();
        return other;
    }

    private static LedgerRow row(SubtaskId subtask) {
        return new LedgerRow(subtask, AttemptId.fresh(), Tally.ZERO, Tally.ZERO);
    }

    @Test
    void writerThatWokeUpLateCannotCommit() {
        try (KafkaProducer<byte[], byte[]> late = aboutToCommit(0, Duration.ofMinutes(10))) {
            assertThat(step.write(sink, 0, 1, 2)).isEmpty();

            assertThatThrownBy(late::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(step.values()).containsExactly("{\"id\":1,\"name\":\"row 1\"}", "{\"id\":2,\"name\":\"row 2\"}");
        step.publish(sink, 0);
    }

    @Test
    void writerThatCommittedFirstIsBelieved() {
        try (KafkaProducer<byte[], byte[]> first = aboutToCommit(0, Duration.ofMinutes(10))) {
            first.commitTransaction();
        }

        assertThat(step.write(sink, 0, 1, 2)).isPresent();

        assertThat(step.values()).containsExactly("{\"id\":99,\"name\":\"of the other\"}");
    }

    @Test
    void cancelledRunCannotBeWrittenByWhoeverHadBegun() {
        try (KafkaProducer<byte[], byte[]> late = aboutToCommit(0, Duration.ofMinutes(10))) {
            assertThat(step.cancel(sink, 0).written()).isEmpty();

            assertThatThrownBy(late::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(step.values()).isEmpty();
    }

    @Test
    void voidedSubtaskCannotBeWrittenByWhoeverHadBegun() {
        try (KafkaProducer<byte[], byte[]> late = aboutToCommit(0, Duration.ofMinutes(10))) {
            sink.voidUnwritten(new VoidSubtasks(step.id(), connection, List.of(step.subtask(0))));

            assertThatThrownBy(late::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(step.write(sink, 0, 1)).contains(LedgerRow.voided(step.subtask(0)));
        assertThat(step.values()).isEmpty();
    }

    @Test
    void ledgerRecordBehindAnOpenTransactionIsNotOverlooked() {
        try (KafkaProducer<byte[], byte[]> gone = aboutToCommit(7, Duration.ofSeconds(3));
                Sink other = KafkaServer.sink(connection)) {
            // Committed, and not to be seen before the transaction before it has ended.
            try (KafkaProducer<byte[], byte[]> first = aboutToCommit(0, Duration.ofMinutes(10))) {
                first.commitTransaction();
            }

            assertThat(step.write(other, 0, 1, 2)).isPresent();

            assertThatThrownBy(gone::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(step.values()).containsExactly("{\"id\":99,\"name\":\"of the other\"}");
    }

    /** One that was killed, or stopped, with its ledger record sent holds up every step of its partition. */
    @Test
    @Timeout(60)
    void writerOfAnotherStepThatStoppedAsItCommittedIsEnded() {
        int partition = LedgerTopic.partition(step.id()).partition();
        try (KafkaProducer<byte[], byte[]> stopped =
                KafkaServer.begun(OpenTransactions.IDS + "another/copy/0000/000000", Duration.ofMinutes(10))) {
            var unused = stopped.send(
                    new ProducerRecord<>(LedgerTopic.NAME, partition, "another/copy".getBytes(UTF_8), new byte[0]));
            stopped.flush();

            assertThat(step.write(sink, 0, 1, 2)).isEmpty();

            assertThatThrownBy(stopped::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(step.values()).hasSize(2);
        step.publish(sink, 0);
    }

    /** Its event comes again and again, as its lease lapses: none may wait for long for the one that hangs. */
    @Test
    @Timeout(60)
    void writerThatStandsStillIsPassed() {
        try (Sink.Transaction hangs = sink.begin(step.plan(), Duration.ofMinutes(10));
                Sink other = KafkaServer.sink(connection)) {
            hangs.lockRun();
            assertThat(hangs.claim(row(step.subtask(0)))).isEmpty();

            assertThat(step.write(other, 0, 1, 2)).isEmpty();

            hangs.finish();
            assertThat(codeOf(hangs::commit)).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        }
        assertThat(step.values()).hasSize(2);
    }

    /** What one reader of the ledger waits for, another one ends: it must not wait for the first one to do so. */
    @Test
    @Timeout(60)
    void whoCanEndAWaitDoesNotWaitForWhoWaits() throws Exception {
        try (KafkaProducer<byte[], byte[]> stopped = aboutToCommit(7, Duration.ofMinutes(10));
                Sink other = KafkaServer.sink(connection)) {
            CompletableFuture<Optional<LedgerRow>> waits =
                    CompletableFuture.supplyAsync(() -> step.write(other, 0, 1, 2));

            assertThat(step.write(sink, 7, 3)).isEmpty();

            assertThat(waits.get(50, TimeUnit.SECONDS)).isEmpty();
            assertThatThrownBy(stopped::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(step.values()).hasSize(3);
    }

    /** As if a broker had answered the claim that leads the partition no more. */
    @Test
    void ledgerThatSaysMoreAtTheCommitThanAtTheClaimIsBelieved() {
        try (Sink.Transaction transaction = sink.begin(step.plan(), Duration.ofMinutes(1))) {
            transaction.lockRun();
            transaction.claim(row(step.subtask(0)));
            try (KafkaProducer<byte[], byte[]> other = KafkaServer.begun("other", Duration.ofMinutes(1))) {
                var unused =
                        other.send(LedgerTopic.record(step.id(), new LedgerRecord.Written(row(step.subtask(0)), null)));
                other.commitTransaction();
            }
            transaction.finish();

            assertThat(codeOf(transaction::commit)).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        }
        assertThat(sink.ledger(step.id()).written()).hasSize(1);
    }

    @Test
    void openTransactionHidesNothingThatWasWrittenAndShowsNothingOfItsOwn() {
        step.write(sink, 0, 1);
        try (KafkaProducer<byte[], byte[]> open = aboutToCommit(1, Duration.ofMinutes(10))) {
            assertThat(step.values()).doesNotContain("{\"id\":99,\"name\":\"of the other\"}");
            open.abortTransaction();
        }
        assertThat(step.values()).containsExactly("{\"id\":1,\"name\":\"row 1\"}");
    }

    @Test
    void ledgerThatWasTrimmedIsNoLedger() {
        step.write(sink, 0, 1);
        long end = KafkaServer.end(
                LedgerTopic.NAME, LedgerTopic.partition(step.id()).partition());
        KafkaServer.deleteRecords(
                LedgerTopic.NAME, LedgerTopic.partition(step.id()).partition(), end);

        assertThat(codeOf(() -> step.write(sink, 0, 1))).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(codeOf(() -> step.publish(sink, 0))).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(step.values()).hasSize(1);
    }

    @Test
    void topicThatWasMadeAnewIsNotWrittenOn() {
        step.write(sink, 0, 1);
        KafkaServer.deleteTopic(step.topic());
        KafkaServer.createTopic(step.topic(), 2, Map.of());

        assertThat(codeOf(() -> step.write(sink, 1, 2))).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(codeOf(() -> step.publish(sink, 0))).isEqualTo(ErrorCode.SINK_REFUSED);
    }

    @Test
    void ledgerThatForgetsIsRefused() {
        setting(LedgerTopic.NAME, "retention.ms", "604800000");
        LoadedStep another = LoadedStep.of(
                connection, step.topic(), Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS));
        try {
            assertThat(codeOf(() -> another.prepare(sink))).isEqualTo(ErrorCode.SINK_REFUSED);
        } finally {
            setting(LedgerTopic.NAME, "retention.ms", "-1");
        }
        another.prepare(sink);
    }

    private static void setting(String topic, String name, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        KafkaServer.with(admin -> admin.incrementalAlterConfigs(Map.of(resource, List.of(set)))
                .all()
                .get(30, TimeUnit.SECONDS));
    }

    @Test
    void stepOfTomorrowsTomorrowIsRefused() {
        LoadedStep early = LoadedStep.of(
                connection, step.topic(), Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));

        assertThat(codeOf(() -> early.prepare(sink))).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(catchThrowableOfType(IllegalStateException.class, () -> early.write(sink, 0, 1)))
                .hasMessageContaining("ABSENT");
    }

    @Test
    void messagesHaveTheRowsKeyAndTheirSubtask() {
        step.write(sink, 0, 5);

        assertThat(KafkaServer.messages(step.topic())).singleElement().satisfies(message -> {
            assertThat(message.key()).asString(UTF_8).isEqualTo("{\"id\":5}");
            assertThat(message.headers().lastHeader("godwit-subtask").value())
                    .asString(UTF_8)
                    .isEqualTo(step.subtask(0).value());
        });
    }

    /** A topic that was filled with another's metadata has offsets among its values. */
    @Test
    void scanTakesColumnsByTheNamesOfMetadataOfTheValue() {
        List<Long> offsets = new ArrayList<>();
        TupleFields fields = new TupleFields(2);

        String topic = "scan-" + step.topic();
        KafkaServer.createTopic(topic, 1, Map.of());
        KafkaServer.send(List.of(KafkaServer.message(topic, null, "{\"_offset\":4711,\"name\":\"a\"}")));
        LoadedStep other = LoadedStep.of(connection, topic, Instant.EPOCH);
        sink.scan(other.plan("_offset"), null, (bytes, offset, length) -> {
            fields.of(bytes, offset, offset + length);
            offsets.add(ByteBuffer.wrap(bytes, fields.offset(0), 8).getLong());
        });

        assertThat(offsets).containsExactly(4711L);
    }

    @Test
    void keyIsThatOfTheConnectionWhereItNamesOne() {
        LoadedStep named = new LoadedStep(step.id(), KafkaServer.connection(Map.of("key", "name, id")), step.topic());
        try (Sink other = KafkaServer.sink(named.connection())) {
            named.write(other, 0, 5);
        }

        assertThat(KafkaServer.messages(step.topic()))
                .singleElement()
                .satisfies(message ->
                        assertThat(message.key()).asString(UTF_8).isEqualTo("{\"name\":\"row 5\",\"id\":5}"));
    }

    @Test
    void rowLargerThanTheTopicTakesIsRefusedAndNothingIsWritten() {
        KafkaServer.createTopic("once-small", 1, Map.of("max.message.bytes", "120"));
        LoadedStep small = LoadedStep.of(connection, "once-small", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        small.prepare(sink);

        // The limit is that of a batch: one message with its headers.
        assertThat(codeOf(() -> small.write(sink, 0, 1))).isEqualTo(ErrorCode.ROW_REFUSED);

        assertThat(small.values()).isEmpty();
        assertThat(sink.ledger(small.id()).written()).isEmpty();
    }

    /** What the remedy says helps; the client's own limit would be 1 MiB, whatever the topic takes. */
    @Test
    void rowOfSeveralMegabytesIsWrittenOnceTheTopicTakesIt() {
        List<byte[]> large = List.of(LoadedStep.tuple(1, incompressible(3 << 20)));
        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> step.write(sink, 0, large));
        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(refused.remedy()).contains("max.message.bytes");

        setting(step.topic(), "max.message.bytes", String.valueOf(4 << 20));

        assertThat(step.write(sink, 0, large)).isEmpty();
        assertThat(step.values())
                .singleElement()
                .satisfies(value -> assertThat(value).hasSizeGreaterThan(3 << 20));
    }

    @Test
    void rowThatNoTopicTakesIsRefused() {
        setting(step.topic(), "max.message.bytes", String.valueOf(64 << 20));
        List<byte[]> large = List.of(LoadedStep.tuple(1, "x".repeat(KafkaClients.MESSAGE_BYTES)));

        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> step.write(sink, 0, large));

        assertThat(refused.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(refused).hasMessageContaining("16 MiB");
    }

    private static String incompressible(int length) {
        return new Random(1)
                .ints(length, '0', 'z')
                .map(c -> c == '\\' ? '0' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }
}
