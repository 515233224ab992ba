package io.godwit.ops.api;

import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.store.ControlStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** What an operations centre stands among: a control store, and an issuer of tokens. No planner answers. */
public final class OpsSurroundings implements QuarkusTestResourceLifecycleManager {
    static final Issuer ISSUER = new Issuer();

    private final EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().fsync(false).start();

    private String without = "";
    private String keys = "";

    @Override
    public void init(Map<String, String> arguments) {
        without = arguments.getOrDefault("without", "");
        keys = arguments.getOrDefault("keys", "");
    }

    @Override
    public Map<String, String> start() {
        PGSimpleDataSource store = new PGSimpleDataSource();
        store.setUrl(postgres.jdbcUrl("postgres"));
        store.setUser(postgres.user());
        store.setPassword(postgres.password());
        ControlStore.migrate(store);
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("postgres"));
        settings.put("quarkus.datasource.username", postgres.user());
        settings.put("quarkus.datasource.password", postgres.password());
        settings.put("godwit.ops.planner-url", "http://127.0.0.1:1");
        settings.put("godwit.ops.dead-letters", "5");
        settings.put("godwit.api.issuer", Issuer.NAME);
        settings.put("godwit.api.audience", Issuer.AUDIENCE);
        settings.put("godwit.api.public-key", ISSUER.publicKey());
        settings.put("quarkus.http.test-port", "0");
        settings.remove(without);
        if (!keys.isEmpty()) {
            settings.put("godwit.api.keys", keys);
        }
        return settings;
    }

    @Override
    public void stop() {
        postgres.close();
    }
}
