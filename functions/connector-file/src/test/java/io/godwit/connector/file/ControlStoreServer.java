package io.godwit.connector.file;

import io.godwit.core.port.SinkLedgers;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.store.ControlStore;
import io.godwit.platform.store.JdbcSinkLedgers;
import org.postgresql.ds.PGSimpleDataSource;

/** The control store of this module's tests. */
public final class ControlStoreServer {
    private static final EmbeddedPostgres SERVER = start();
    private static final PGSimpleDataSource STORE = store();

    private ControlStoreServer() {}

    private static EmbeddedPostgres start() {
        EmbeddedPostgres server = EmbeddedPostgres.builder().fsync(false).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private static PGSimpleDataSource store() {
        PGSimpleDataSource store = new PGSimpleDataSource();
        store.setUrl(SERVER.jdbcUrl("postgres"));
        store.setUser(SERVER.user());
        store.setPassword(SERVER.password());
        ControlStore.migrate(store);
        return store;
    }

    public static SinkLedgers ledgers() {
        return new JdbcSinkLedgers(STORE);
    }

    /** Kills it with all its sessions, and starts it again on the same files. */
    public static void crash() {
        SERVER.kill();
        SERVER.start();
    }
}
