package io.godwit.platform.store;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.port.RunKeys;
import io.godwit.core.run.RunId;
import java.util.Optional;
import javax.sql.DataSource;

/** Keys of runs, as the control store holds them; none is kept here. */
public final class JdbcRunKeys implements RunKeys {
    private final DataSource store;

    public JdbcRunKeys(DataSource store) {
        this.store = store;
    }

    @Override
    public Optional<byte[]> find(RunId run) {
        try (StoreTransaction open = new StoreTransaction(store, "looking for the key of run " + run)) {
            return open.first(
                    "select key from godwit.run_key where run = ?",
                    row -> Optional.ofNullable(row.getBytes(1))
                            .orElseThrow(() -> new GodwitException(
                                    ErrorCode.RUN_CLOSED,
                                    "run " + run + " has ended, and its key was destroyed",
                                    "Start a new run, or retry this one.")),
                    run.value());
        }
    }
}
