package io.godwit.planner.wiring;

import io.agroal.api.AgroalDataSource;
import io.godwit.core.plan.StepPlanner;
import io.godwit.core.plan.TypeRule;
import io.godwit.core.port.EventPublisher;
import io.godwit.core.port.Meters;
import io.godwit.core.port.Probe;
import io.godwit.core.question.PlannerQuestions;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions;
import io.godwit.planner.Planner;
import io.godwit.planner.act.Controls;
import io.godwit.planner.act.Requests;
import io.godwit.planner.act.SubtaskEvents;
import io.godwit.planner.act.Sweep;
import io.godwit.planner.dispatch.Pool;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.planning.RunPlanning;
import io.godwit.planner.subtask.Leases;
import io.godwit.planner.wiring.PoolsConfig.PoolConfig;
import io.godwit.platform.ask.HttpQuestions;
import io.godwit.platform.event.Broker;
import io.godwit.platform.event.EventSource;
import io.godwit.platform.event.HttpEventPublisher;
import io.godwit.platform.exchange.KafkaExchange;
import io.godwit.platform.exchange.KafkaTopics;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The planner, put together from configuration. The control store is up to date before it starts. */
@Singleton
public class PlannerWiring {
    private final PoolsConfig pools;
    private final PlannerThreads threads;
    private final KafkaExchange exchange;
    private final Planner planner;

    @Inject
    public PlannerWiring(
            PlannerConfig config,
            PoolsConfig poolsConfig,
            AgroalDataSource controlStore,
            Instance<Probe> probes,
            Instance<Meters> meters,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "godwit.request.budget") Duration budget,
            @ConfigProperty(name = "godwit.broker.url") Optional<URI> brokerUrl,
            @ConfigProperty(name = "godwit.token") Optional<String> token) {
        this.pools = poolsConfig;
        this.threads = PlannerThreads.start(
                config.outbox().publishers(),
                config.duty().workers(),
                config.planning().questions());
        this.exchange = KafkaExchange.at(kafka);
        Broker broker = brokerUrl.map(Broker::at).orElseGet(() -> Broker.bound(System.getenv()));
        EventPublisher events = new HttpEventPublisher(
                EventSource.PLANNER,
                token.map(shown -> broker.withBearer(() -> shown)).orElse(broker));
        this.planner = new Planner(
                new Planner.Surroundings(
                        controlStore,
                        Clock.systemUTC(),
                        events,
                        exchange.trimmer(),
                        functions(poolsConfig, token),
                        pools(poolsConfig),
                        pool -> ensureTopic(exchange, poolsConfig, pool),
                        new StepPlanner(TypeRule.LATTICE),
                        new CronTimes(),
                        probes.isResolvable() ? probes.get() : Probe.NONE,
                        meters.isResolvable() ? meters.get() : Meters.NONE,
                        threads.publishers(),
                        threads.duties(),
                        threads.questions(),
                        threads.timer()),
                settings(config, budget));
    }

    public Requests requests() {
        return planner.requests();
    }

    public Controls controls() {
        return planner.controls();
    }

    public SubtaskEvents subtasks() {
        return planner.subtasks();
    }

    public Sweep sweep() {
        return planner.sweep();
    }

    public PlannerQuestions answers() {
        return planner.answers();
    }

    /**
     * Goes on at once after everything crashed, the exchange with all that was in it included. Only for whoever knows
     * that no other planner, reader, writer or broker lives.
     */
    public void recoverLeases() {
        pools(pools).forEach(pool -> ensureTopic(exchange, pools, pool));
        planner.sweep().recover();
    }

    @PreDestroy
    void stop() {
        threads.close();
        exchange.close();
    }

    private static void ensureTopic(KafkaExchange exchange, PoolsConfig config, Pool pool) {
        PoolConfig configured = config.pools().get(pool.name());
        if (configured == null || !configured.makeTopic()) {
            return;
        }
        exchange.topics().ensure(pool.topic(), pool.lanes(), (short) -1, KafkaTopics.SETTINGS);
    }

    private static Planner.Settings settings(PlannerConfig config, Duration budget) {
        return new Planner.Settings(
                new RunPlanning.Defaults(
                        config.window().reads(),
                        config.window().writes(),
                        config.window().concurrency(),
                        config.planning().splitBytes(),
                        Math.max(1, budget.toMillis() * config.lease().bytesPerSecond() / 1000),
                        config.planning().rowBytes()),
                config.window().bytes(),
                new Leases(
                        config.lease().floor(),
                        config.lease().bytesPerSecond(),
                        config.lease().ceiling()),
                config.attempts().subtask(),
                config.attempts().duty(),
                config.attempts().backoff(),
                config.attempts().longestBackoff(),
                config.outbox().age(),
                config.duty().lease(),
                config.exchange().sealed());
    }

    private static Functions functions(PoolsConfig config, Optional<String> token) {
        Map<String, Functions.Pooled> pooled = new TreeMap<>();
        config.pools()
                .forEach((name, pool) -> pooled.put(
                        name,
                        new Functions.Pooled(
                                at(pool.readerUrl(), token).client(SourceQuestions.class),
                                at(pool.writerUrl(), token).client(SinkQuestions.class))));
        return new Functions(pooled);
    }

    private static HttpQuestions at(URI function, Optional<String> token) {
        HttpQuestions questions = HttpQuestions.at(function);
        return token.map(shown -> questions.withBearer(() -> shown)).orElse(questions);
    }

    private static List<Pool> pools(PoolsConfig config) {
        return config.pools().entrySet().stream()
                .map(entry -> pool(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Pool pool(String name, PoolConfig config) {
        String topic = config.topic().orElseGet(() -> KafkaTopics.ofRows(name));
        KafkaTopics.requireOfRows(topic);
        return new Pool(name, topic, config.lanes(), config.weight(), config.credit());
    }
}
