package io.godwit.connector.kafka;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the committed records of a range of one partition, in their order. Offsets without one (ends of transactions,
 * records of those that were given up, records that compaction took) are passed over; records that are deleted before
 * they are read are an error.
 */
final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(500);

    /** After which somebody is told that nothing comes. */
    private static final Duration HELD_BACK = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final KafkaErrors errors;

    CommittedRecords(KafkaClients clients, KafkaErrors errors) {
        this.clients = clients;
        this.errors = errors;
    }

    /**
     * From {@code first} to {@code end}, exclusive.
     *
     * @param patience how long it may go without an offset further: open transactions hold records back
     * @return the offset at which the next reading would go on, {@code end} or above
     */
    long read(
            TopicPartition partition,
            long first,
            long end,
            Duration patience,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return read(partition, first, end, patience, at -> {}, each);
    }

    /**
     * Likewise.
     *
     * @param heldBack told of the offset at which nothing has come for a while, once for each such offset
     */
    long read(
            TopicPartition partition,
            long first,
            long end,
            Duration patience,
            LongConsumer heldBack,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return readWhile(partition, first, end, patience, heldBack, record -> {
            each.accept(record);
            return true;
        });
    }

    /** Likewise, but no further than the first record of which {@code each} says that it was enough: false. */
    long readWhile(
            TopicPartition partition,
            long first,
            long end,
            Duration patience,
            Predicate<ConsumerRecord<byte[], byte[]>> each) {
        return readWhile(partition, first, end, patience, at -> {}, each);
    }

    private long readWhile(
            TopicPartition partition,
            long first,
            long end,
            Duration patience,
            LongConsumer heldBack,
            Predicate<ConsumerRecord<byte[], byte[]>> each) {
        if (first >= end) {
            return first;
        }
        var consumer = clients.consumer();
        String doing = "reading " + partition.topic() + ", partition " + partition.partition();
        errors.during(doing, () -> {
            consumer.assign(List.of(partition));
            consumer.seek(partition, first);
            return true;
        });
        long at = first;
        long moved = System.nanoTime();
        boolean told = false;
        while (at < end) {
            List<ConsumerRecord<byte[], byte[]>> records = errors.during(doing, () -> poll(partition));
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() >= end) {
                    return end;
                }
                if (!each.test(record)) {
                    return record.offset() + 1;
                }
            }
            long position = errors.during(doing, () -> consumer.position(partition));
            if (position > at) {
                at = position;
                moved = System.nanoTime();
                told = false;
            } else if (!told && System.nanoTime() - moved > HELD_BACK.toNanos()) {
                told = true;
                heldBack.accept(at);
            } else if (System.nanoTime() - moved > patience.toNanos()) {
                throw errors.error(
                        errors.interrupted(),
                        doing + ": nothing after offset " + at + " for " + patience.toSeconds()
                                + " s, and records are there up to " + end,
                        "It is tried again by itself. An open transaction of a producer that is gone ends after its timeout.");
            }
        }
        return at;
    }

    private List<ConsumerRecord<byte[], byte[]>> poll(TopicPartition partition) {
        try {
            return clients.consumer().poll(POLL).records(partition);
        } catch (OffsetOutOfRangeException e) {
            throw deleted(partition);
        }
    }

    GodwitException deleted(TopicPartition partition) {
        return errors.error(
                errors.changed(),
                partition.topic() + ", partition " + partition.partition()
                        + ": records were deleted before they were read",
                errors.changed() == ErrorCode.SOURCE_CHANGED
                        ? "Start a new run: it plans what is there now. A longer retention keeps records until they are read."
                        : "Give nobody else the right to delete records there, and start a new run.");
    }
}
