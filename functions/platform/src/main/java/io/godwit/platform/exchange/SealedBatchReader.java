package io.godwit.platform.exchange;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.BatchSeal;
import io.godwit.core.port.BatchReader;
import io.godwit.core.port.RunKeys;
import io.godwit.core.run.AttemptId;
import java.util.function.Consumer;

/**
 * Opens what {@link SealedBatchPublisher} sealed. What does not open counts as lost: it is read again from the source.
 */
public final class SealedBatchReader implements BatchReader {
    private final BatchReader exchange;
    private final RunKeys keys;

    public SealedBatchReader(BatchReader exchange, RunKeys keys) {
        this.exchange = exchange;
        this.keys = keys;
    }

    @Override
    public void read(BatchRange range, AttemptId attempt, Consumer<Batch> batches) {
        exchange.read(range, attempt, new Opening(range, attempt, batches));
    }

    private final class Opening implements Consumer<Batch> {
        private final BatchRange range;
        private final AttemptId attempt;
        private final Consumer<Batch> batches;
        private final SealOfRun seal = new SealOfRun(keys);

        Opening(BatchRange range, AttemptId attempt, Consumer<Batch> batches) {
            this.range = range;
            this.attempt = attempt;
            this.batches = batches;
        }

        @Override
        public void accept(Batch batch) {
            batches.accept(seal.of(batch).map(key -> opened(key, batch)).orElse(batch));
        }

        private Batch opened(BatchSeal key, Batch batch) {
            try {
                return key.open(batch);
            } catch (BatchSeal.BrokenException broken) {
                throw AnnouncedBatches.lost(range, attempt, String.valueOf(broken.getMessage()), broken);
            }
        }
    }
}
