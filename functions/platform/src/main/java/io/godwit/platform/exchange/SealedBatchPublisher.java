package io.godwit.platform.exchange;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.port.BatchPublisher;
import io.godwit.core.port.RunKeys;

/** Seals payloads on their way into the exchange, where their run has a key. */
public final class SealedBatchPublisher implements BatchPublisher {
    private final BatchPublisher exchange;
    private final RunKeys keys;

    public SealedBatchPublisher(BatchPublisher exchange, RunKeys keys) {
        this.exchange = exchange;
        this.keys = keys;
    }

    @Override
    public Stream open(Lane lane) {
        return new SealedStream(exchange.open(lane));
    }

    private final class SealedStream implements Stream {
        private final Stream stream;
        private final SealOfRun seal = new SealOfRun(keys);

        SealedStream(Stream stream) {
            this.stream = stream;
        }

        @Override
        public void send(Batch batch) {
            stream.send(seal.of(batch).map(key -> key.seal(batch)).orElse(batch));
        }

        @Override
        public BatchRange complete() {
            return stream.complete();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
