package io.godwit.planner.store;

import io.godwit.core.run.RunId;
import java.security.SecureRandom;

/**
 * The keys that payloads of runs are sealed under: made when a run begins to move rows, destroyed when it has ended.
 */
public final class SealingKeys {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealingKeys() {}

    /** What was sealed under a key before, if anything was, opens no more, and is read again. */
    public static void make(Session session, RunId run) {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        session.sql(
                        "insert into godwit.run_key (run, key) values (?, ?)"
                                + " on conflict (run) do update set key = excluded.key where run_key.key is null",
                        run.value(),
                        key)
                .update();
    }

    /** Readers and writers refuse the run from now on, until {@link #make} makes another. */
    public static void destroy(Session session, RunId run) {
        session.sql("update godwit.run_key set key = null where run = ?", run.value())
                .update();
    }

    /** Whether the run's payloads are, or were, sealed. */
    public static boolean has(Session session, RunId run) {
        return session.sql("select 1 from godwit.run_key where run = ?", run.value())
                .first(row -> true)
                .isPresent();
    }
}
