package io.godwit.core.port;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.run.AttemptId;
import java.util.function.Consumer;

/** Reads exactly an announced range of the exchange. */
public interface BatchReader {

    /**
     * Hands over the batches of {@code attempt} in the range, in the order of their sequence, in the caller's thread.
     *
     * @throws io.godwit.core.error.GodwitException EXCHANGE_RECORDS_LOST when a record of the range is gone, or the
     *     attempt's batches are not exactly the {@code range.batches()} announced; EXCHANGE_UNREACHABLE when the
     *     exchange does not answer within the deadline
     */
    void read(BatchRange range, AttemptId attempt, Consumer<Batch> batches);
}
