package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Which rows a topic refuses, and that they are kept once, whatever becomes of their writers. */
class KafkaQuarantineTest {
    private static final Map<String, String> SMALL = Map.of("max.message.bytes", "1024");

    private final Connection connection = KafkaServer.connection(Map.of());
    private final Sink sink = KafkaServer.sink(connection);
    private LoadedStep step = LoadedStep.of(connection, "unset", Instant.EPOCH);
    private String topic = "unset";

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = "kept-" + Integer.toHexString(test.getDisplayName().hashCode());
    }

    @AfterEach
    void close() {
        sink.close();
    }

    private LoadedStep prepared(Connection of, Map<String, String> settings) {
        KafkaServer.createTopic(topic, 2, settings);
        step = stepOf(of, 0);
        step.prepare(sink);
        return step;
    }

    /** Another run of the job, so many seconds earlier. */
    private LoadedStep stepOf(Connection of, int earlier) {
        return LoadedStep.of(of, topic, Instant.now().minusSeconds(earlier).truncatedTo(ChronoUnit.SECONDS))
                .bearing(new Quarantine(10L, null));
    }

    private List<RefusedRow> kept() {
        return sink.quarantine(new QuarantineQuestion(step.id(), connection, null, 100))
                .rows();
    }

    private static String incompressible(int length) {
        return new Random(length)
                .ints(length, 'A', 'Z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<byte[]> rows(long first, long second, String name) {
        return List.of(LoadedStep.tuple(first, "a"), LoadedStep.tuple(second, name), LoadedStep.tuple(9, "b"));
    }

    @Test
    void rowsThatTheTopicDoesNotTakeAreKeptAndTheOthersWritten() {
        prepared(connection, SMALL);
        byte[] large = LoadedStep.tuple(2, incompressible(3 << 20));

        step.write(sink, 0, List.of(LoadedStep.tuple(1, "a"), large, LoadedStep.tuple(3, "b")));
        step.publish(sink, 0);

        assertThat(step.values()).containsExactly("{\"id\":1,\"name\":\"a\"}", "{\"id\":3,\"name\":\"b\"}");
        assertThat(kept()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo("(id)=(2)");
            assertThat(row.code()).isEqualTo("MESSAGE_TOO_LARGE");
            assertThat(row.reason()).contains("takes 1024");
            assertThat(row.row()).isEqualTo(large);
        });
        assertThat(sink.ledger(step.id()).written()).singleElement().satisfies(entry -> {
            assertThat(entry.written().rows()).isEqualTo(2);
            assertThat(entry.quarantined().rows()).isEqualTo(1);
        });
    }

    /** What a broker measures is a message as it is sent: neither more nor less is refused. */
    @Test
    void whatFitsOnceCompressedIsWritten() {
        prepared(connection, SMALL);

        step.write(sink, 0, List.of(LoadedStep.tuple(1, "x".repeat(50_000))));

        assertThat(step.values()).hasSize(1);
        assertThat(kept()).isEmpty();
    }

    /** Where a message just fits it is written, and where it just does not it is refused, by us and not by a broker. */
    @Test
    void limitIsThatOfTheBrokersToTheByte() {
        prepared(KafkaServer.connection(Map.of("compression", "none")), SMALL);
        List<byte[]> rows = new ArrayList<>();
        for (int length = 780; length < 900; length++) {
            rows.add(LoadedStep.tuple(length, incompressible(length)));
        }
        step = step.bearing(new Quarantine(120L, null));

        step.write(sink, 0, rows);

        int written = step.values().size();
        assertThat(written).isBetween(1, 119);
        assertThat(kept()).hasSize(120 - written);
        // The first that was refused is a byte, or by its varints two, larger than what the topic takes.
        assertThat(kept().get(0).reason()).containsPattern("has 102[56] bytes");
    }

    @Test
    void topicThatItsBrokerDoesNotCompressIsAskedForItsOwnMeasure() {
        prepared(connection, Map.of("max.message.bytes", "1024", "compression.type", "uncompressed"));

        step.write(sink, 0, List.of(LoadedStep.tuple(1, "x".repeat(50_000)), LoadedStep.tuple(2, "b")));

        assertThat(step.values()).containsExactly("{\"id\":2,\"name\":\"b\"}");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void rowThatAnotherWouldReplaceIsRefusedByACompactedTopic() {
        Connection keyed = KafkaServer.connection(Map.of("key", "name"));
        prepared(keyed, Map.of("cleanup.policy", "compact"));
        try (Sink byName = KafkaServer.sink(keyed)) {
            step.write(
                    byName, 0, List.of(LoadedStep.tuple(1, null), LoadedStep.tuple(2, "b"), LoadedStep.tuple(3, null)));
        }

        assertThat(step.values()).containsExactly("{\"id\":2,\"name\":\"b\"}");
        assertThat(kept()).extracting(RefusedRow::key).containsExactly("(name)=(NULL)", "(name)=(NULL)");
        assertThat(kept()).extracting(RefusedRow::code).containsOnly("INVALID_RECORD");
    }

    @Test
    void compactedTopicWhoseMessagesWouldHaveNoKeyIsRefusedBeforeTheRun() {
        KafkaServer.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        Connection keyless = KafkaServer.connection(Map.of("key", "nowhere"));
        LoadedStep other = stepOf(keyless, 0);

        try (Sink keylessSink = KafkaServer.sink(keyless)) {
            assertThat(codeOf(() -> other.prepare(keylessSink))).isEqualTo(ErrorCode.NOT_SUPPORTED);
        }
    }

    /** A writer of another process, that has sent everything and only has to commit. */
    private KafkaProducer<byte[], byte[]> aboutToCommit(SubtaskId subtask) {
        KafkaProducer<byte[], byte[]> other = KafkaServer.begun(StepTransactions.idOf(subtask), Duration.ofMinutes(10));
        for (ProducerRecord<byte[], byte[]> record :
                QuarantineTopic.records(subtask, "of the other", "CODE", "reason", new byte[300_000])) {
            var unused = other.send(record);
        }
        other.flush();
        return other;
    }

    @Test
    void rowsOfAWriterThatWasKilledAreNobodys() {
        prepared(connection, SMALL);
        try (KafkaProducer<byte[], byte[]> killed = aboutToCommit(step.subtask(0))) {
            step.write(sink, 0, rows(1, 2, incompressible(2000)));

            assertThatThrownBy(killed::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(kept()).extracting(RefusedRow::key).containsExactly("(id)=(2)");
        assertThat(step.write(sink, 0, rows(1, 2, incompressible(2000))))
                .as("told twice")
                .isPresent();
        assertThat(kept()).hasSize(1);
        step.publish(sink, 0);
    }

    /** Rows lie among those of other subtasks, committed and given up, in parts. */
    @Test
    void longRowsAreWholeWhateverLiesBetweenTheirParts() {
        prepared(connection, SMALL);
        byte[] mine = LoadedStep.tuple(2, incompressible(3 << 20));
        try (KafkaProducer<byte[], byte[]> gone = aboutToCommit(step.subtask(7));
                Sink.Transaction first = begun(step, 0);
                Sink.Transaction second = begun(step, 1)) {
            first.write(mine, 0, mine.length, 1);
            byte[] other = LoadedStep.tuple(4, incompressible(4000));
            second.write(other, 0, other.length, 1);
            second.finish();
            first.write(other, 0, other.length, 1);
            first.finish();
            second.commit();
            gone.abortTransaction();
            first.commit();
        }

        assertThat(kept()).extracting(RefusedRow::key).containsExactly("(id)=(2)", "(id)=(4)", "(id)=(4)");
        assertThat(kept().get(0).row()).isEqualTo(mine);
    }

    private Sink.Transaction begun(LoadedStep of, int split) {
        Sink.Transaction transaction = sink.begin(of.plan(), Duration.ofMinutes(1));
        transaction.lockRun();
        assertThat(transaction.claim(new LedgerRow(
                        of.subtask(split), AttemptId.fresh(), new Tally(2, 0, Tally.ZERO.digest()), Tally.ZERO)))
                .isEmpty();
        return transaction;
    }

    /** Neither has seen the other's mark when it says that the rows are open. */
    @Test
    void ofTwoReplaysAtOnceOneIsUndone() {
        prepared(connection, SMALL);
        step.write(sink, 0, rows(1, 2, incompressible(2000)));
        step.publish(sink, 0);
        KeptRows rows =
                new KeptRows(step.subtask(0), List.of(kept().get(0).place().id()));
        LoadedStep one = stepOf(connection, 10);
        LoadedStep two = stepOf(connection, 20);
        one.prepare(sink);
        two.prepare(sink);
        try (Sink.Transaction first = begun(one, 0);
                Sink.Transaction second = begun(two, 0)) {
            first.replayed(rows);
            second.replayed(rows);
            first.finish();
            second.finish();
            first.commit();

            assertThat(codeOf(second::commit)).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        }

        assertThat(kept()).isEmpty();
        assertThat(sink.ledger(one.id()).written()).hasSize(1);
        assertThat(sink.ledger(two.id()).written()).isEmpty();
        try (Sink.Transaction again = begun(two, 0)) {
            assertThat(codeOf(() -> again.replayed(rows))).isEqualTo(ErrorCode.SOURCE_CHANGED);
        }
    }

    @Test
    void replayThatWasKilledAsItCommittedIsUndoneByItsRetry() {
        prepared(connection, SMALL);
        step.write(sink, 0, rows(1, 2, incompressible(2000)));
        step.publish(sink, 0);
        KeptRows rows =
                new KeptRows(step.subtask(0), List.of(kept().get(0).place().id()));
        LoadedStep replay = stepOf(connection, 10);
        replay.prepare(sink);
        try (KafkaProducer<byte[], byte[]> killed =
                KafkaServer.begun(StepTransactions.idOf(replay.subtask(0)), Duration.ofMinutes(10))) {
            var unused = killed.send(LedgerTopic.record(step.id(), new LedgerRecord.Replayed(replay.subtask(0), rows)));
            killed.flush();
            try (Sink.Transaction retry = begun(replay, 0)) {
                retry.replayed(rows);
                retry.finish();
                retry.commit();
            }
            assertThatThrownBy(killed::commitTransaction).isInstanceOf(KafkaException.class);
        }
        assertThat(kept()).isEmpty();
    }

    @Test
    void quarantineThatWasTrimmedOrMadeAnewIsNoEmptyOne() {
        prepared(connection, SMALL);
        step.write(sink, 0, rows(1, 2, incompressible(2000)));
        int partition = LastingTopic.partition(QuarantineTopic.NAME, step.id()).partition();
        KafkaServer.deleteRecords(QuarantineTopic.NAME, partition, KafkaServer.end(QuarantineTopic.NAME, partition));

        assertThat(codeOf(this::kept)).isEqualTo(ErrorCode.SINK_REFUSED);
    }

    @Test
    void ledgerOfOlderVersionsIsRead() throws Exception {
        LedgerRecord read = LedgerRecord.parse(("{\"version\":1,\"kind\":\"written\",\"subtask\":\""
                        + stepOf(connection, 0).subtask(0) + "\",\"attempt\":\"" + AttemptId.fresh()
                        + "\",\"rows\":3,\"bytes\":5,\"digest\":7}")
                .getBytes(UTF_8));

        assertThat(read).isInstanceOfSatisfying(LedgerRecord.Written.class, written -> {
            assertThat(written.row().written().rows()).isEqualTo(3);
            assertThat(written.row().quarantined()).isEqualTo(Tally.ZERO);
            assertThat(written.kept()).isNull();
        });
    }

    private static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }
}
