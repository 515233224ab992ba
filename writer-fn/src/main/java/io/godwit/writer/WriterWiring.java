package io.godwit.writer;

import io.agroal.api.AgroalDataSource;
import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.question.SinkQuestions;
import io.godwit.platform.exchange.KafkaExchange;
import io.godwit.platform.exchange.SealedBatchReader;
import io.godwit.platform.secret.EnvironmentSecretResolver;
import io.godwit.platform.store.JdbcDocumentStore;
import io.godwit.platform.store.JdbcRunKeys;
import io.godwit.platform.store.JdbcSinkLedgers;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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
            Instance<Probe> probes,
            Instance<Meters> meters,
            @ConfigProperty(name = "godwit.request.budget") Duration budget,
            @ConfigProperty(name = "godwit.files.root") String files,
            @ConfigProperty(name = "godwit.files.home") String home) {
        Sinks sinks = new Sinks(
                Connectors.load(),
                new Means(new EnvironmentSecretResolver(), Path.of(files), Path.of(home)),
                new JdbcSinkLedgers(controlStore));
        this.exchange = KafkaExchange.at(kafka);
        this.answers = new SinkAnswers(sinks);
        this.writer = new SubtaskWriter(
                new JdbcDocumentStore(controlStore),
                sinks,
                new SealedBatchReader(exchange.reader(), new JdbcRunKeys(controlStore)),
                probes.isResolvable() ? probes.get() : Probe.NONE,
                meters.isResolvable() ? meters.get() : Meters.NONE,
                budget);
    }

    SubtaskWriter writer() {
        return writer;
    }

    SinkQuestions answers() {
        return answers;
    }

    @PreDestroy
    void stop() {
        exchange.close();
    }
}
