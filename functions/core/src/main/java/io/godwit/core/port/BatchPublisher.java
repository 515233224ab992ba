package io.godwit.core.port;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;

/** Sends batches into the exchange. Safe for many threads; each uses a stream of its own. */
public interface BatchPublisher {

    /** Opens the sending of one attempt's batches into one lane. */
    Stream open(Lane lane);

    /** One attempt's sending. Memory is bounded by the publisher's buffer: {@link #send} waits when it is full. */
    interface Stream extends AutoCloseable {

        /**
         * Sends a batch, not waiting for its acknowledgement.
         *
         * @throws io.godwit.core.error.GodwitException EXCHANGE_UNREACHABLE when a batch, this one or an earlier,
         *     failed
         */
        void send(Batch batch);

        /**
         * Waits until every batch is stored, and says where.
         *
         * @throws io.godwit.core.error.GodwitException EXCHANGE_UNREACHABLE when one is not stored within the deadline
         */
        BatchRange complete();

        /** Ends the sending; what was sent and not completed is garbage that nobody points to. */
        @Override
        void close();
    }
}
