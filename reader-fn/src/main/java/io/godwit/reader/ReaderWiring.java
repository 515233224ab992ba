package io.godwit.reader;

import io.agroal.api.AgroalDataSource;
import io.godwit.connector.Connectors;
import io.godwit.core.port.Probe;
import io.godwit.core.question.SourceQuestions;
import io.godwit.platform.event.FailureStatus;
import io.godwit.platform.exchange.KafkaExchange;
import io.godwit.platform.secret.EnvironmentSecretResolver;
import io.godwit.platform.store.JdbcDocumentStore;
import io.smallrye.common.annotation.Identifier;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The reader, put together from configuration. Its parts are no beans: the other functions of a process have theirs.
 */
@Singleton
public class ReaderWiring {
    private final KafkaExchange exchange;
    private final Snapshots snapshots;
    private final SplitReader reader;
    private final SourceQuestions answers;

    @Inject
    public ReaderWiring(
            AgroalDataSource controlStore,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Instance<Probe> probes,
            @ConfigProperty(name = "godwit.reader.processes") int processes,
            @ConfigProperty(name = "godwit.reader.snapshots.longest") Duration longest,
            @ConfigProperty(name = "godwit.reader.snapshots.most") int most) {
        Sources sources = new Sources(Connectors.load(), new EnvironmentSecretResolver());
        this.exchange = KafkaExchange.at(kafka);
        this.snapshots = new Snapshots(sources, longest, most);
        this.answers = new SourceAnswers(sources, snapshots);
        this.reader = new SplitReader(
                new JdbcDocumentStore(controlStore),
                sources,
                exchange.publisher(),
                new RateLimits(processes),
                probes.isResolvable() ? probes.get() : Probe.NONE);
    }

    SplitReader reader() {
        return reader;
    }

    SourceQuestions answers() {
        return answers;
    }

    /** Tells brokers whether to send an event again: Funqy itself answers 500 to everything. */
    void failures(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(ReaderWiring::fail);
    }

    private static void fail(RoutingContext context) {
        FailureStatus status = FailureStatus.of(context.failure());
        if (context.failure() == null || status.status() == 500) {
            context.next();
            return;
        }
        if (status.retryAfterSeconds() > 0) {
            context.response().putHeader("Retry-After", Integer.toString(status.retryAfterSeconds()));
        }
        context.response().setStatusCode(status.status()).end();
    }

    @PreDestroy
    void stop() {
        snapshots.close();
        exchange.close();
    }
}
