package io.godwit.platform.exchange;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.BatchRange;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The records of a range as they lie in the lane, whosever they are. Never waits for records that are not there. */
final class RangeFetch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** How long the lane's end may lie below the range: a new leader lags so far behind what it has acknowledged. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ConsumerPool consumers;
    private final BatchRange range;
    private final Duration deadline;
    private final TopicPartition partition;
    private final Consumer<byte[], byte[]> consumer;
    private boolean usable = true;

    RangeFetch(ConsumerPool consumers, BatchRange range, Duration deadline) {
        this.consumers = consumers;
        this.range = range;
        this.deadline = deadline;
        this.partition = new TopicPartition(range.lane().topic(), range.lane().partition());
        this.consumer = consumers.borrow();
        consumer.assign(List.of(partition));
        consumer.seek(partition, range.firstOffset());
    }

    /**
     * The next records, at least one.
     *
     * @throws GodwitException EXCHANGE_RECORDS_LOST or EXCHANGE_UNREACHABLE
     */
    List<ConsumerRecord<byte[], byte[]>> next() {
        long start = System.nanoTime();
        boolean wasThere = true;
        try {
            while (System.nanoTime() - start < deadline.toNanos()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    return records.records(partition);
                }
                wasThere = isThere() || (wasThere && System.nanoTime() - start < GRACE.toNanos());
                if (!wasThere) {
                    throw lost("the lane ends before, or is gone", null);
                }
            }
            throw unreachable("no record came within " + deadline.toSeconds() + " s", null);
        } catch (KafkaException broken) {
            throw coded(broken);
        } catch (GodwitException coded) {
            usable = false;
            throw coded;
        }
    }

    /** False where the lane's end is known and lies below the range, or the lane is known not to exist. */
    private boolean isThere() {
        try {
            List<PartitionInfo> partitions = consumer.partitionsFor(partition.topic(), POLL);
            if (partitions == null || partitions.stream().noneMatch(one -> one.partition() == partition.partition())) {
                return false;
            }
            Long end = consumer.endOffsets(List.of(partition), POLL).get(partition);
            return end == null || end > range.lastOffset();
        } catch (TimeoutException unknown) {
            return true;
        }
    }

    private GodwitException coded(KafkaException broken) {
        usable = false;
        if (broken instanceof InterruptException) {
            Thread.currentThread().interrupt();
            return unreachable("reading was interrupted", broken);
        }
        if (broken instanceof InvalidOffsetException || isCorrupt(broken)) {
            return lost(String.valueOf(broken.getMessage()), broken);
        }
        return unreachable(String.valueOf(broken.getMessage()), broken);
    }

    /** A checksum, a length or a compression that does not hold; what the network does has classes of its own. */
    private static boolean isCorrupt(KafkaException broken) {
        return broken.getClass() == KafkaException.class || broken instanceof CorruptRecordException;
    }

    private GodwitException lost(String what, @Nullable Throwable cause) {
        return AnnouncedBatches.lost(range, null, what, cause);
    }

    private GodwitException unreachable(String what, @Nullable Throwable cause) {
        return new GodwitException(
                ErrorCode.EXCHANGE_UNREACHABLE,
                "reading " + range.lane() + " from offset " + range.firstOffset() + " failed: " + what,
                "Check that Kafka runs.",
                cause);
    }

    @Override
    public void close() {
        if (usable) {
            consumers.giveBack(consumer);
        } else {
            ConsumerPool.end(consumer);
        }
    }
}
