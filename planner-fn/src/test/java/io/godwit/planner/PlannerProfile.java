package io.godwit.planner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.godwit.core.event.Event;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.ask.QuestionDesk;
import io.godwit.platform.event.CloudEventCodec;
import io.godwit.platform.store.ControlStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.postgresql.ds.PGSimpleDataSource;

/** What a planner function stands among: a control store, a broker, readers and writers, all on the loopback. */
public final class PlannerProfile implements QuarkusTestResourceLifecycleManager {
    /** What the broker has taken. */
    static final BlockingQueue<Event> TAKEN = new LinkedBlockingQueue<>();

    static final InMemoryWorld WORLD = new InMemoryWorld();

    private final EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().fsync(false).start();
    private final HttpServer http = server();

    @Override
    public Map<String, String> start() {
        PGSimpleDataSource store = new PGSimpleDataSource();
        store.setUrl(postgres.jdbcUrl("postgres"));
        store.setUser(postgres.user());
        store.setPassword(postgres.password());
        ControlStore.migrate(store);
        QuestionDesk readers = QuestionDesk.of(SourceQuestions.class, new InMemoryReaders());
        QuestionDesk writers = QuestionDesk.of(SinkQuestions.class, new InMemoryWriters(WORLD));
        http.createContext("/reader/", exchange -> answer(exchange, readers));
        http.createContext("/writer/", exchange -> answer(exchange, writers));
        http.createContext("/broker", PlannerProfile::take);
        http.setExecutor(Executors.newCachedThreadPool());
        http.start();
        String base = "http://127.0.0.1:" + http.getAddress().getPort();
        return Map.of(
                "quarkus.datasource.jdbc.url",
                postgres.jdbcUrl("postgres"),
                "quarkus.datasource.username",
                postgres.user(),
                "quarkus.datasource.password",
                postgres.password(),
                "kafka.bootstrap.servers",
                "127.0.0.1:1",
                "godwit.broker.url",
                base + "/broker",
                "godwit.pools.default.reader-url",
                base + "/reader/",
                "godwit.pools.default.writer-url",
                base + "/writer/",
                "godwit.pools.default.make-topic",
                "false",
                "quarkus.http.test-port",
                "0");
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException busy) {
            throw new IllegalStateException(busy);
        }
    }

    private static void answer(HttpExchange exchange, QuestionDesk desk) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] answer = desk.answer(
                path.substring(path.lastIndexOf('/') + 1),
                exchange.getRequestBody().readAllBytes());
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        TAKEN.add(CloudEventCodec.decode(exchange.getRequestHeaders()::getFirst, body)
                .event());
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    @Override
    public void stop() {
        http.stop(0);
        postgres.close();
    }
}
