package io.godwit.platform.exchange;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.run.AttemptId;
import io.godwit.platform.trace.Traces;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Holds the records that come against what was announced: of the attempt exactly so many, in sequence, the first at the
 * first offset and the last at the last. Anything else is lost records.
 */
final class AnnouncedBatches {
    private final BatchRange range;
    private final AttemptId attempt;
    private int taken;

    AnnouncedBatches(BatchRange range, AttemptId attempt) {
        this.range = range;
        this.attempt = attempt;
    }

    boolean areComplete() {
        return taken == range.batches();
    }

    /** The batch of the record; empty where the record is of another attempt, or comes after the last. */
    Optional<Batch> take(ConsumerRecord<byte[], byte[]> record) {
        if (areComplete()) {
            return Optional.empty();
        }
        boolean ours = BatchRecord.isOf(attempt, record);
        boolean atItsPlace = ours ? isPlausible(record.offset()) : record.offset() < range.lastOffset();
        if (!atItsPlace) {
            throw lost(range, attempt, "at offset " + record.offset() + " there are " + (taken + (ours ? 1 : 0)), null);
        }
        return ours ? Optional.of(batch(record)) : Optional.empty();
    }

    /** Whether the next batch of ours may lie there. */
    private boolean isPlausible(long offset) {
        boolean first = taken == 0;
        boolean last = taken == range.batches() - 1;
        return first == (offset == range.firstOffset())
                && last == (offset == range.lastOffset())
                && offset <= range.lastOffset();
    }

    private Batch batch(ConsumerRecord<byte[], byte[]> record) {
        Batch batch;
        try {
            batch = BatchRecord.batch(attempt, record);
        } catch (IllegalArgumentException altered) {
            throw lost(range, attempt, "the record at offset " + record.offset() + " is altered", altered);
        }
        if (batch.sequence() != taken) {
            throw lost(
                    range,
                    attempt,
                    "at offset " + record.offset() + " is batch " + batch.sequence() + " instead of " + taken,
                    null);
        }
        if (taken == 0) {
            Traces.link(BatchRecord.trace(record));
        }
        taken++;
        return batch;
    }

    static GodwitException lost(BatchRange range, @Nullable AttemptId attempt, String what, @Nullable Throwable cause) {
        return new GodwitException(
                ErrorCode.EXCHANGE_RECORDS_LOST,
                "of the " + range.batches() + " batches " + (attempt == null ? "" : "of attempt " + attempt + " ")
                        + "announced in " + range.lane() + " at offsets " + range.firstOffset() + " to "
                        + range.lastOffset() + " not all are there: " + what,
                "Nothing needs doing: the split is read again.",
                cause);
    }
}
