package io.godwit.local;

import io.godwit.embedded.EmbeddedKafka;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.embedded.FreePort;
import io.godwit.local.home.Home;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The control store and the exchange, as child processes. Ports are chosen first, so that the functions can start
 * beside them; a service that dies is started again on its files.
 */
final class Services implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Services.class);
    private static final String DATABASE = "godwit";

    private final int postgresPort = FreePort.find();
    private final int kafkaPort = FreePort.find();
    private final CompletableFuture<EmbeddedPostgres> postgres;
    private final CompletableFuture<EmbeddedKafka> kafka;
    private final boolean exchange;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "services");
        thread.setDaemon(true);
        return thread;
    });

    private Services(Home home, boolean exchange) {
        this.exchange = exchange;
        this.postgres = CompletableFuture.supplyAsync(() -> startStore(home));
        this.kafka = exchange
                ? CompletableFuture.supplyAsync(() -> EmbeddedKafka.builder()
                        // What lies in it and is not written is read again: nothing need outlive the process.
                        .temporaryIn(home.folder("kafka"))
                        .port(kafkaPort)
                        .start())
                : CompletableFuture.failedFuture(new IllegalStateException("no exchange was asked for"));
    }

    /** Begins to start them, and returns at once. */
    static Services start(Home home, boolean exchange) {
        return new Services(home, exchange);
    }

    private EmbeddedPostgres startStore(Home home) {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .directory(home.folder("postgres"))
                .port(postgresPort)
                .start();
        try {
            server.createDatabase(DATABASE);
        } catch (SQLException e) {
            server.close();
            throw new IllegalStateException("the control store's database cannot be made", e);
        }
        return server;
    }

    /** Waits until they are there, and from then on keeps them there. */
    void await() {
        EmbeddedPostgres store = joined(postgres);
        if (exchange) {
            EmbeddedKafka broker = joined(kafka);
            keep(() -> revive(broker));
        }
        keep(() -> revive(store));
    }

    private void keep(Runnable revive) {
        // Cancelled with the executor; it never throws, see quietly.
        Future<?> watching = watch.scheduleWithFixedDelay(revive, 500, 500, TimeUnit.MILLISECONDS);
        LOG.debugf("watching: %s", watching);
    }

    private static void revive(EmbeddedPostgres store) {
        if (!store.isRunning()) {
            LOG.warn("the control store died, and is started again");
            quietly(store::start);
        }
    }

    private static void revive(EmbeddedKafka broker) {
        if (!broker.isRunning()) {
            LOG.warn("the exchange died, and is started again");
            quietly(broker::start);
        }
    }

    /** An exception would end the watch. */
    private static void quietly(Runnable start) {
        try {
            start.run();
        } catch (RuntimeException e) {
            LOG.error("it does not start; tried again in a moment", e);
        }
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    boolean hasExchange() {
        return exchange;
    }

    String controlStoreUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + DATABASE;
    }

    /** The control store's server, waited for. */
    EmbeddedPostgres controlStore() {
        return joined(postgres);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    @Override
    public void close() {
        watch.shutdownNow();
        kafka.thenAccept(EmbeddedKafka::close).exceptionally(failed -> null).join();
        postgres.thenAccept(EmbeddedPostgres::close)
                .exceptionally(failed -> null)
                .join();
    }
}
