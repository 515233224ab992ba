package io.godwit.platform.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.port.BatchPublisher;
import io.godwit.core.port.RunKeys;
import io.godwit.core.row.BatchFormat;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.embedded.EmbeddedKafka;
import io.godwit.platform.kit.LaneOffsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KafkaExchangeTest {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static EmbeddedKafka kafka;
    private static KafkaExchange exchange;

    private Lane lane;

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

    @BeforeEach
    void ownTopic() {
        String topic = KafkaTopics.ofRows("test" + TOPICS.incrementAndGet());
        exchange.topics().ensure(topic, 2, (short) 1, KafkaTopics.SETTINGS);
        lane = new Lane(topic, 1);
    }

    @Test
    void batchesComeBackAsTheyWereSent() {
        SentBatches sent = SentBatches.of(7, 1000);
        BatchRange range = sent.into(lane, exchange.publisher());
        assertThat(range).isEqualTo(new BatchRange(lane, 0, 6, 7));
        assertThat(read(range, sent.attempt())).isEqualTo(sent.facts());
        assertThat(read(range, sent.attempt())).as("again").isEqualTo(sent.facts());
    }

    @Test
    void sealedBatchesComeBackAndAreNoRowsWithoutTheirKey() {
        Map<RunId, byte[]> keys = new HashMap<>(Map.of(SentBatches.SUBTASK.run(), new byte[32]));
        RunKeys held = run -> Optional.ofNullable(keys.get(run));
        SentBatches sent = SentBatches.of(5, BatchFormat.DEFAULT_BATCH_BYTES);
        BatchRange range = sent.into(lane, new SealedBatchPublisher(exchange.publisher(), held));
        SealedBatchReader reader = new SealedBatchReader(exchange.reader(), held);

        assertThat(SentBatches.read(reader, range, sent.attempt())).isEqualTo(sent.facts());
        assertThat(read(range, sent.attempt())).hasSize(5).doesNotContainAnyElementsOf(sent.facts());

        keys.put(SentBatches.SUBTASK.run(), new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        });
        assertThat(catchThrowableOfType(GodwitException.class, () -> SentBatches.read(reader, range, sent.attempt()))
                        .code())
                .isEqualTo(ErrorCode.EXCHANGE_RECORDS_LOST);
    }

    @Test
    void batchesOfARunWithoutAKeyAreNotSealed() {
        SentBatches sent = SentBatches.of(2, 100);
        BatchRange range = sent.into(lane, new SealedBatchPublisher(exchange.publisher(), run -> Optional.empty()));
        assertThat(read(range, sent.attempt())).isEqualTo(sent.facts());
        assertThat(SentBatches.read(
                        new SealedBatchReader(exchange.reader(), run -> Optional.empty()), range, sent.attempt()))
                .isEqualTo(sent.facts());
    }

    @Test
    void rowOfTwentyMegabytesGoesThroughAsFortyBatches() {
        SentBatches sent = SentBatches.of(40, BatchFormat.DEFAULT_BATCH_BYTES);
        BatchRange range = sent.into(lane, exchange.publisher());
        assertThat(read(range, sent.attempt())).isEqualTo(sent.facts());
    }

    @Test
    void attemptsThatShareALaneAreToldApart() {
        SentBatches one = SentBatches.of(20, 500);
        SentBatches other = SentBatches.of(20, 700);
        BatchRange rangeOfOne;
        BatchRange rangeOfOther;
        try (BatchPublisher.Stream first = exchange.publisher().open(lane);
                BatchPublisher.Stream second = exchange.publisher().open(lane)) {
            for (int i = 0; i < 20; i++) {
                first.send(one.batches().get(i));
                second.send(other.batches().get(i));
            }
            rangeOfOne = first.complete();
            rangeOfOther = second.complete();
        }
        assertThat(rangeOfOne.lastOffset()).isGreaterThan(rangeOfOther.firstOffset());
        assertThat(read(rangeOfOne, one.attempt())).isEqualTo(one.facts());
        assertThat(read(rangeOfOther, other.attempt())).isEqualTo(other.facts());
    }

    @Test
    void attemptWithoutRowsNeedsNoRecords() {
        BatchRange range;
        try (BatchPublisher.Stream stream = exchange.publisher().open(lane)) {
            range = stream.complete();
        }
        assertThat(range.batches()).isZero();
        assertThat(read(range, AttemptId.fresh())).isEmpty();
    }

    @Test
    void recordsDeletedBeforeTheyWereReadAreLost() {
        SentBatches sent = SentBatches.of(6, 100);
        BatchRange range = sent.into(lane, exchange.publisher());
        delete(3);
        assertLost(range, sent.attempt());
    }

    @Test
    void recordsOfOthersBelowAreDeletedWithoutHarm() {
        SentBatches.of(5, 100).into(lane, exchange.publisher());
        SentBatches sent = SentBatches.of(5, 100);
        BatchRange range = sent.into(lane, exchange.publisher());
        delete(range.firstOffset());
        assertThat(read(range, sent.attempt())).isEqualTo(sent.facts());
    }

    @Test
    void rangeThatIsNotWhatWasSentIsLost() {
        SentBatches.of(5, 100).into(lane, exchange.publisher());
        SentBatches sent = SentBatches.of(5, 100);
        BatchRange range = sent.into(lane, exchange.publisher());
        SentBatches.of(5, 100).into(lane, exchange.publisher());

        assertThat(range).isEqualTo(new BatchRange(lane, 5, 9, 5));
        assertLost(range, AttemptId.fresh());
        assertLost(new BatchRange(lane, 4, 9, 5), sent.attempt());
        assertLost(new BatchRange(lane, 5, 8, 5), sent.attempt());
        assertLost(new BatchRange(lane, 5, 10, 5), sent.attempt());
        assertLost(new BatchRange(lane, 6, 9, 5), sent.attempt());
        assertLost(new BatchRange(lane, 5, 9, 4), sent.attempt());
        assertLost(new BatchRange(lane, 5, 9, 6), sent.attempt());
        assertLost(new BatchRange(new Lane(lane.topic(), 0), 5, 9, 5), sent.attempt());
    }

    @Test
    void rangeBeyondTheEndOfItsLaneIsLostAndNotUnreachable() {
        SentBatches sent = SentBatches.of(5, 100);
        sent.into(lane, exchange.publisher());
        assertLost(new BatchRange(lane, 0, 9, 10), sent.attempt());
        assertLost(new BatchRange(lane, 5, 9, 5), sent.attempt());
        assertLost(new BatchRange(lane, 500, 509, 10), sent.attempt());
        assertLost(new BatchRange(new Lane(lane.topic(), 7), 0, 4, 5), sent.attempt());
        assertLost(new BatchRange(new Lane("godwit.rows.never", 0), 0, 4, 5), sent.attempt());
    }

    @Test
    void recordThatIsAlteredOrDoubledIsLost() throws Exception {
        SentBatches sent = SentBatches.of(3, 100);
        try (KafkaProducer<byte[], byte[]> raw = new KafkaProducer<>(KafkaSettings.producer(connection()))) {
            ProducerRecord<byte[], byte[]> doubled =
                    BatchRecord.of(lane, sent.batches().get(0));
            raw.send(doubled).get();
            raw.send(doubled).get();
            ProducerRecord<byte[], byte[]> otherFormat =
                    BatchRecord.of(lane, sent.batches().get(0));
            otherFormat.headers().remove(BatchFormat.FORMAT_HEADER);
            otherFormat.headers().add(BatchFormat.FORMAT_HEADER, new byte[] {'2'});
            raw.send(otherFormat).get();
            ProducerRecord<byte[], byte[]> withoutRows =
                    BatchRecord.of(lane, sent.batches().get(0));
            withoutRows.headers().remove(BatchFormat.ROWS_HEADER);
            raw.send(withoutRows).get();
        }
        assertLost(new BatchRange(lane, 0, 1, 2), sent.attempt());
        assertLost(new BatchRange(lane, 2, 2, 1), sent.attempt());
        assertLost(new BatchRange(lane, 3, 3, 1), sent.attempt());
    }

    @Test
    void readerWhoseTakerFailsReadsOnForOthers() {
        SentBatches sent = SentBatches.of(5, 100);
        BatchRange range = sent.into(lane, exchange.publisher());
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> exchange.reader().read(range, sent.attempt(), batch -> {
                        throw new IllegalStateException("the sink broke");
                    }))
                    .hasMessage("the sink broke");
            assertThat(read(range, sent.attempt())).isEqualTo(sent.facts());
        }
    }

    @Test
    void manyWriteAndReadAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                Lane own = new Lane(lane.topic(), i % 2);
                SentBatches sent = SentBatches.of(1 + i % 9, 50_000);
                tasks.add(() -> read(sent.into(own, exchange.publisher()), sent.attempt())
                        .equals(sent.facts()));
            }
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void batchOutOfItsTurnIsADefectOfTheSender() {
        SentBatches sent = SentBatches.of(3, 10);
        try (BatchPublisher.Stream stream = exchange.publisher().open(lane)) {
            stream.send(sent.batches().get(0));
            assertThatThrownBy(() -> stream.send(sent.batches().get(2))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> stream.send(new Batch(SentBatches.SUBTASK, AttemptId.fresh(), 1, 0, new byte[1])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void batchLargerThanARecordMayBeIsADefect() {
        GodwitException refused = catchThrowableOfType(
                GodwitException.class, () -> SentBatches.of(1, 2 << 20).into(lane, exchange.publisher()));
        assertThat(refused.code()).isEqualTo(ErrorCode.DEFECT);
        SentBatches sent = SentBatches.of(2, 10);
        assertThat(read(sent.into(lane, exchange.publisher()), sent.attempt())).isEqualTo(sent.facts());
    }

    private static List<List<Object>> read(BatchRange range, AttemptId attempt) {
        return SentBatches.read(exchange.reader(), range, attempt);
    }

    private static void assertLost(BatchRange range, AttemptId attempt) {
        GodwitException failure = catchThrowableOfType(GodwitException.class, () -> read(range, attempt));
        assertThat(failure).as(range.toString()).isNotNull();
        assertThat(failure.code()).as(range.toString()).isEqualTo(ErrorCode.EXCHANGE_RECORDS_LOST);
        assertThat(failure.getMessage()).contains(range.lane().toString());
    }

    private void delete(long below) {
        exchange.trimmer().trim(lane, below);
        LaneOffsets.awaitBeginning(connection(), lane, below);
    }

    private static Map<String, String> connection() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }
}
