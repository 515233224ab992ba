package io.godwit.writer;

import io.agroal.api.AgroalDataSource;
import io.godwit.connector.Connectors;
import io.godwit.core.port.Probe;
import io.godwit.core.question.SinkQuestions;
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
import java.util.Map;

/**
 * The writer, put together from configuration. Its parts are no beans: the other functions of a process have theirs.
 */
@Singleton
public class WriterWiring {
    private final KafkaExchange exchange;
    private final SubtaskWriter writer;
    private final SinkQuestions answers;

    @Inject
    public WriterWiring(
            AgroalDataSource controlStore,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Instance<Probe> probes) {
        Sinks sinks = new Sinks(Connectors.load(), new EnvironmentSecretResolver());
        this.exchange = KafkaExchange.at(kafka);
        this.answers = new SinkAnswers(sinks);
        this.writer = new SubtaskWriter(
                new JdbcDocumentStore(controlStore),
                sinks,
                exchange.reader(),
                probes.isResolvable() ? probes.get() : Probe.NONE);
    }

    SubtaskWriter writer() {
        return writer;
    }

    SinkQuestions answers() {
        return answers;
    }

    /** Tells brokers whether to send an event again: Funqy itself answers 500 to everything. */
    void failures(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(WriterWiring::fail);
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
        exchange.close();
    }
}
