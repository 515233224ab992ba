package io.godwit.ops.api;

import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.store.ControlStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The control store that ops stands on; no planner. */
public final class ControlStoreResource implements QuarkusTestResourceLifecycleManager {
    private final EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().fsync(false).start();

    @Override
    public Map<String, String> start() {
        PGSimpleDataSource store = new PGSimpleDataSource();
        store.setUrl(postgres.jdbcUrl("postgres"));
        store.setUser(postgres.user());
        store.setPassword(postgres.password());
        ControlStore.migrate(store);
        return Map.of(
                "quarkus.datasource.jdbc.url",
                postgres.jdbcUrl("postgres"),
                "quarkus.datasource.username",
                postgres.user(),
                "quarkus.datasource.password",
                postgres.password(),
                "godwit.ops.planner-url",
                "http://127.0.0.1:9",
                "godwit.ops.dead-letters",
                "5",
                "quarkus.http.test-port",
                "0");
    }

    @Override
    public void stop() {
        postgres.close();
    }
}
