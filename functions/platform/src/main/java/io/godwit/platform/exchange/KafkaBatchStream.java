package io.godwit.platform.exchange;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.port.BatchPublisher;
import io.godwit.core.run.AttemptId;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** One attempt's batches on their way. Used by one thread; acknowledgements come in on the producer's. */
final class KafkaBatchStream implements BatchPublisher.Stream {
    private final KafkaBatchPublisher publisher;
    private final Producer<byte[], byte[]> producer;
    private final Lane lane;
    private final Duration deadline;

    private int sent;
    private @Nullable AttemptId attempt;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int acknowledged;
    private long firstOffset;
    private long lastOffset;
    private @Nullable Exception failure;

    KafkaBatchStream(KafkaBatchPublisher publisher, Producer<byte[], byte[]> producer, Lane lane, Duration deadline) {
        this.publisher = publisher;
        this.producer = producer;
        this.lane = lane;
        this.deadline = deadline;
    }

    @Override
    public void send(Batch batch) {
        requireNext(batch);
        throwFailure();
        int sequence = sent++;
        try {
            Future<RecordMetadata> unused =
                    producer.send(BatchRecord.of(lane, batch), (stored, refused) -> ended(sequence, stored, refused));
        } catch (InterruptException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable("sending was interrupted", interrupted);
        } catch (KafkaException | IllegalStateException unusable) {
            // What is wrong with one record comes to the callback; what is thrown is wrong with the producer.
            publisher.retire(producer);
            ended(sequence, null, unusable);
        }
        throwFailure();
    }

    @Override
    public BatchRange complete() {
        long left = deadline.toNanos();
        lock.lock();
        try {
            while (failure == null && acknowledged < sent && left > 0) {
                left = changed.awaitNanos(left);
            }
            throwFailure();
            if (acknowledged < sent) {
                throw unreachable(
                        (sent - acknowledged) + " of " + sent + " batches were not acknowledged within "
                                + deadline.toSeconds() + " s",
                        null);
            }
            return new BatchRange(lane, firstOffset, lastOffset, sent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable("waiting for acknowledgements was interrupted", interrupted);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // What was not completed is garbage that nobody points to: there is nothing to take back.
    }

    private void requireNext(Batch batch) {
        if (batch.sequence() != sent || (attempt != null && !attempt.equals(batch.attempt()))) {
            throw new IllegalArgumentException("batch " + batch.sequence() + " of attempt " + batch.attempt()
                    + " is not number " + sent + " of attempt " + attempt);
        }
        attempt = batch.attempt();
    }

    private void ended(int sequence, @Nullable RecordMetadata stored, @Nullable Exception refused) {
        lock.lock();
        try {
            if (refused != null || stored == null) {
                fail(refused == null ? new IllegalStateException("no offset") : refused);
            } else if (!stored.hasOffset()
                    || sequence != acknowledged
                    || (sequence > 0 && stored.offset() <= lastOffset)) {
                // A duplicate that the broker remembers without its offset; or an order that was not kept.
                fail(new IllegalStateException("batch " + sequence + " was acknowledged at offset " + stored.offset()
                        + ", the one before at " + lastOffset));
            } else {
                acknowledged++;
                firstOffset = sequence == 0 ? stored.offset() : firstOffset;
                lastOffset = stored.offset();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Exception cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    private void throwFailure() {
        lock.lock();
        try {
            if (failure instanceof RecordTooLargeException tooLarge) {
                throw new GodwitException(
                        ErrorCode.DEFECT,
                        lane + ": a batch is larger than Kafka takes: " + tooLarge.getMessage(),
                        "Let max.message.bytes of the topic be 1 MiB or more.",
                        tooLarge);
            }
            if (failure != null) {
                throw unreachable(failure instanceof ApiException ? failure.getMessage() : failure.toString(), failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private GodwitException unreachable(@Nullable String what, @Nullable Throwable cause) {
        return new GodwitException(
                ErrorCode.EXCHANGE_UNREACHABLE,
                "sending to " + lane + " failed: " + what,
                "Check that Kafka runs and has this topic.",
                cause);
    }
}
