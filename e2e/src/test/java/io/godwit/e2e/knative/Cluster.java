package io.godwit.e2e.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.godwit.core.event.Event;
import io.godwit.e2e.knative.BrokerStandIn.Trigger;
import io.godwit.e2e.knative.Service.Scale;
import io.godwit.embedded.EmbeddedKafka;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.embedded.FreePort;
import io.godwit.ops.api.DeadLetterInbox;
import io.godwit.platform.event.CloudEventCodec;
import io.godwit.platform.event.EncodedEvent;
import io.godwit.platform.event.EventSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A control store, Kafka, a broker and the services of the four functions in two pools, all of them at zero. */
final class Cluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** As in the overlay two-pools. */
    static final List<String> POOLS = List.of("default", "far");

    private final EmbeddedPostgres store =
            EmbeddedPostgres.builder().fsync(false).start();
    private final EmbeddedKafka kafka = EmbeddedKafka.builder().start();
    private final TokenIssuer issuer = new TokenIssuer();
    private final Map<String, Service> services = new TreeMap<>();
    private final BrokerStandIn broker;
    private final Packaging packaging;
    private final Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param idle how long nothing comes to a service before its instances are told to end */
    Cluster(Packaging packaging, Path folder, long seed, Duration idle) {
        this.packaging = packaging;
        this.folder = folder;
        Map<String, String> all = new TreeMap<>(environment());
        Map<String, String> secrets = new TreeMap<>(all);
        secrets.put("GODWIT_TEST_PASSWORD", "correct horse");
        for (String pool : POOLS) {
            for (String function : List.of("reader", "writer")) {
                Service service = new Service(function, packaging, new Scale(2, 2, idle), secrets, folder);
                services.put(function + "-" + pool, service);
                all.put(
                        "GODWIT_POOLS_" + pool.toUpperCase(Locale.ROOT) + "_" + function.toUpperCase(Locale.ROOT)
                                + "_URL",
                        service.url().toString());
            }
        }
        // A killed instance is noticed soon.
        all.put("GODWIT_PLANNER_LEASE_FLOOR", "PT8S");
        all.put("GODWIT_PLANNER_DUTY_LEASE", "PT5S");
        all.put("GODWIT_PLANNER_OUTBOX_AGE", "PT3S");
        services.put("planner", new Service("planner", packaging, new Scale(2, 8, idle), all, folder));
        all.put("GODWIT_OPS_PLANNER_URL", of("planner").url().toString());
        all.putAll(issuer.settings());
        all.put("GODWIT_API_OPEN_METRICS", "true");
        services.put("ops", new Service("ops", packaging, new Scale(1, 8, idle), all, folder));
        List<Trigger> triggers = new ArrayList<>();
        for (Event.Type type : Event.Type.values()) {
            if (services.containsKey(type.function())) {
                triggers.add(new Trigger(
                        Map.of("type", type.text()), of(type.function()).url()));
            } else {
                POOLS.forEach(pool -> triggers.add(new Trigger(
                        Map.of("type", type.text(), "pool", pool),
                        of(type.function() + "-" + pool).url())));
            }
        }
        broker = new BrokerStandIn(triggers, of("ops").url().resolve(DeadLetterInbox.PATH), seed);
        services.values().forEach(service -> service.set("K_SINK", broker.url().toString()));
    }

    /** Has rows encrypted on their way. Before anything starts. */
    void sealsTheExchange() {
        of("planner").set("GODWIT_PLANNER_EXCHANGE_SEALED", "true");
    }

    private Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                store.jdbcUrl("postgres"),
                "QUARKUS_DATASOURCE_USERNAME",
                store.user(),
                "QUARKUS_DATASOURCE_PASSWORD",
                store.password(),
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers());
    }

    /** The step that runs before anything serves. */
    int migrate() throws InterruptedException {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("GODWIT_CONTROL_STORE_STEP", "then-exit");
        environment.put("GODWIT_OPS_PLANNER_URL", "http://127.0.0.1:9");
        environment.put("K_SINK", "http://127.0.0.1:9");
        return Instance.start(packaging, "ops", FreePort.find(), environment, folder)
                .await(Duration.ofSeconds(90));
    }

    /** By its name: planner, ops, or a function of a pool, {@code reader-far}. */
    Service of(String name) {
        Service service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException(name);
        }
        return service;
    }

    EmbeddedPostgres store() {
        return store;
    }

    /** Reads all rows on their way, from now on. */
    TopicTap tap(String sought) {
        return new TopicTap(Map.of("bootstrap.servers", kafka.bootstrapServers()), POOLS, sought);
    }

    BrokerStandIn broker() {
        return broker;
    }

    int running() {
        return services.values().stream().mapToInt(Service::running).sum();
    }

    int started() {
        return services.values().stream().mapToInt(Service::started).sum();
    }

    int unclean() {
        return services.values().stream().mapToInt(Service::unclean).sum();
    }

    boolean killOne(Random random) {
        List<Service> all = List.copyOf(services.values());
        return all.get(random.nextInt(all.size())).killOne(random);
    }

    /** Asks every second. */
    void await(Duration most, BooleanSupplier done) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + most + "\n" + this);
            }
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    /** What a PingSource does every minute. */
    void tick() {
        EncodedEvent event = CloudEventCodec.encode(new Event.Ticked(Instant.now()), EventSource.CLI);
        publish(event.headers(), event.body());
    }

    /** Gives the broker an event as it is. */
    void publish(Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(broker.url()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        send(request.build());
    }

    TokenIssuer issuer() {
        return issuer;
    }

    /** Missing where the history has not heard of it yet: its first event is under way. */
    JsonNode get(String path) {
        return answer(HttpRequest.newBuilder(of("ops").url().resolve(path))
                .header("Authorization", "Bearer " + issuer.token("viewer"))
                .build());
    }

    JsonNode post(String path, Object body) {
        try {
            return answer(HttpRequest.newBuilder(of("ops").url().resolve(path))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + issuer.token("admin"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks again where the instance that was asked was killed, as a client's library does. */
    private JsonNode answer(HttpRequest request) {
        for (int attempt = 1; ; attempt++) {
            HttpResponse<String> answer = send(request);
            if (answer.statusCode() / 100 == 2) {
                try {
                    return JSON.readTree(answer.body());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            if (answer.statusCode() == 404) {
                return MissingNode.getInstance();
            }
            if (answer.statusCode() < 500 || attempt == 10) {
                throw new AssertionError(
                        request.uri() + " answered " + answer.statusCode() + ": " + answer.body() + "\n" + services);
            }
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return services + "\ndead letters: " + broker.deadLetters();
    }

    @Override
    public void close() {
        services.values().forEach(Service::close);
        broker.close();
        issuer.close();
        kafka.close();
        store.close();
    }
}
