package io.godwit.reader;

import io.agroal.api.AgroalDataSource;
import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.question.SourceQuestions;
import io.godwit.platform.exchange.KafkaExchange;
import io.godwit.platform.exchange.SealedBatchPublisher;
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
            Instance<Meters> meters,
            @ConfigProperty(name = "godwit.request.budget") Duration budget,
            @ConfigProperty(name = "godwit.reader.processes") int processes,
            @ConfigProperty(name = "godwit.reader.snapshots.longest") Duration longest,
            @ConfigProperty(name = "godwit.reader.snapshots.most") int most,
            @ConfigProperty(name = "godwit.files.root") String files,
            @ConfigProperty(name = "godwit.files.home") String home) {
        Sources sources = new Sources(
                Connectors.load(),
                new Means(new EnvironmentSecretResolver(), Path.of(files), Path.of(home)),
                new JdbcSinkLedgers(controlStore));
        this.exchange = KafkaExchange.at(kafka);
        this.snapshots = new Snapshots(sources, longest, most);
        this.answers = new SourceAnswers(sources, snapshots);
        this.reader = new SplitReader(
                new JdbcDocumentStore(controlStore),
                sources,
                new SealedBatchPublisher(exchange.publisher(), new JdbcRunKeys(controlStore)),
                new RateLimits(processes),
                probes.isResolvable() ? probes.get() : Probe.NONE,
                meters.isResolvable() ? meters.get() : Meters.NONE,
                budget);
    }

    SplitReader reader() {
        return reader;
    }

    SourceQuestions answers() {
        return answers;
    }

    @PreDestroy
    void stop() {
        snapshots.close();
        exchange.close();
    }
}
