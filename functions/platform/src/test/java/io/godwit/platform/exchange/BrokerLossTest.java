package io.godwit.platform.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.port.BatchPublisher;
import io.godwit.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker is killed, stays away, or comes back without what it had acknowledged. */
@Timeout(240)
class BrokerLossTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static EmbeddedKafka kafka;

    private KafkaExchange exchange;
    private Lane lane;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.builder().start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void ownTopic() {
        kafka.start();
        exchange = KafkaExchange.at(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        lane = new Lane(KafkaTopics.ofRows("lost" + TOPICS.incrementAndGet()), 0);
        exchange.topics().ensure(lane.topic(), 1, (short) 1, KafkaTopics.SETTINGS);
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void brokerKilledInMidSendLosesNothingThatIsAnnounced() {
        SentBatches sent = SentBatches.of(80, 200_000);
        BatchRange range;
        try (BatchPublisher.Stream stream = exchange.publisher().open(lane)) {
            sent.batches().subList(0, 40).forEach(stream::send);
            kafka.kill();
            CompletableFuture<Void> back = CompletableFuture.runAsync(kafka::start);
            sent.batches().subList(40, 80).forEach(stream::send);
            range = stream.complete();
            back.join();
        }
        assertThat(range.batches()).isEqualTo(80);
        assertThat(SentBatches.read(exchange.reader(), range, sent.attempt())).isEqualTo(sent.facts());
    }

    @Test
    void brokerThatStaysAwayIsUnreachableAtTheDeadline() {
        SentBatches sent = SentBatches.of(5, 1000);
        BatchRange range = sent.into(lane, exchange.publisher());
        kafka.kill();
        try (KafkaExchange impatient = KafkaExchange.at(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "delivery.timeout.ms", "700",
                        "max.block.ms", "700",
                        "request.timeout.ms", "500"),
                Duration.ofSeconds(2))) {
            assertUnreachable(() -> SentBatches.of(5, 1000).into(lane, impatient.publisher()));
            assertUnreachable(() -> SentBatches.read(impatient.reader(), range, sent.attempt()));

            kafka.start();
            assertThat(SentBatches.read(impatient.reader(), range, sent.attempt()))
                    .isEqualTo(sent.facts());
            SentBatches later = SentBatches.of(5, 1000);
            BatchRange after = eventually(() -> later.into(lane, impatient.publisher()));
            assertThat(SentBatches.read(impatient.reader(), after, later.attempt()))
                    .isEqualTo(later.facts());
        }
    }

    @Test
    void readerGoesOnWhereTheBrokerComesBack() {
        SentBatches sent = SentBatches.of(60, 400_000);
        BatchRange range = sent.into(lane, exchange.publisher());
        CompletableFuture<?>[] back = {CompletableFuture.completedFuture(null)};
        int[] seen = {0};
        exchange.reader().read(range, sent.attempt(), batch -> {
            if (seen[0]++ == 5) {
                kafka.kill();
                back[0] = CompletableFuture.runAsync(kafka::start);
            }
        });
        back[0].join();
        assertThat(seen[0]).isEqualTo(60);
    }

    @Test
    void recordsThatTheBrokerForgotAreLost() throws IOException {
        SentBatches sent = SentBatches.of(5, 1000);
        BatchRange range = sent.into(lane, exchange.publisher());
        kafka.stop();
        for (Path file : segments("")) {
            Files.delete(file);
        }
        kafka.start();
        assertLost(range, sent);
        SentBatches.of(2, 1000).into(lane, exchange.publisher());
        assertLost(range, sent);
        SentBatches.of(20, 1000).into(lane, exchange.publisher());
        assertLost(range, sent);
    }

    @Test
    void recordsWhoseBytesChangedOnDiskAreLost() throws IOException {
        SentBatches sent = SentBatches.of(5, 1000);
        BatchRange range = sent.into(lane, exchange.publisher());
        kafka.stop();
        Path log = segments(".log").get(0);
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(file.length() - 500);
            int octet = file.read();
            file.seek(file.length() - 500);
            file.write(octet ^ 1);
        }
        kafka.start();
        assertLost(range, sent);
    }

    private List<Path> segments(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(kafka.directory())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/" + lane + "/"))
                    .filter(file -> !file.getFileName().toString().equals("partition.metadata"))
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .toList();
        }
    }

    private void assertLost(BatchRange range, SentBatches sent) {
        GodwitException failure = catchThrowableOfType(
                GodwitException.class, () -> SentBatches.read(exchange.reader(), range, sent.attempt()));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.EXCHANGE_RECORDS_LOST);
    }

    private static void assertUnreachable(ThrowingCallable asked) {
        long start = System.nanoTime();
        GodwitException failure = catchThrowableOfType(GodwitException.class, asked);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.EXCHANGE_UNREACHABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    }

    /** Tried again while the exchange is unreachable, as functions are. */
    private static <T> T eventually(Supplier<T> tried) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try {
                return tried.get();
            } catch (GodwitException failure) {
                if (!failure.code().isTransient() || System.nanoTime() > end) {
                    throw failure;
                }
            }
        }
    }
}
