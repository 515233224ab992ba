package io.godwit.core.port;

import io.godwit.core.run.RunId;
import java.util.Optional;

/** The keys that runs' payloads are sealed under while they lie in the exchange. Safe for many threads. */
@FunctionalInterface
public interface RunKeys {

    /**
     * The run's key, 32 bytes; empty where its payloads are not sealed. May change when a run is retried: ask for every
     * attempt.
     *
     * @throws io.godwit.core.error.GodwitException RUN_CLOSED when the key was destroyed, because the run has ended;
     *     CONTROL_STORE_UNREACHABLE
     */
    Optional<byte[]> find(RunId run);
}
