package io.godwit.platform.exchange;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchSeal;
import io.godwit.core.port.RunKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The seal of one attempt's batches, asked for at its first. Not safe for threads. */
final class SealOfRun {
    private final RunKeys keys;
    private boolean asked;
    private @Nullable BatchSeal seal;

    SealOfRun(RunKeys keys) {
        this.keys = keys;
    }

    /** Empty where the run's batches are not sealed. */
    Optional<BatchSeal> of(Batch batch) {
        if (!asked) {
            seal = keys.find(batch.subtask().run()).map(BatchSeal::new).orElse(null);
            asked = true;
        }
        return Optional.ofNullable(seal);
    }
}
