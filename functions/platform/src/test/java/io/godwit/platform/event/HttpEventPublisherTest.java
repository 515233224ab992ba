package io.godwit.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.platform.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEventPublisherTest {
    private static final Event.SubtaskRead READ = Samples.full(Event.SubtaskRead.class);

    private final List<Headers> headers = Collections.synchronizedList(new ArrayList<>());
    private final List<byte[]> bodies = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Integer> statuses = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders());
            bodies.add(exchange.getRequestBody().readAllBytes());
            Integer status = statuses.poll();
            exchange.sendResponseHeaders(status == null ? 202 : status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void eventArrivesAsItWasWithItsPool() {
        publisher(broker()).publish(READ);
        assertThat(CloudEventCodec.decode(headers.get(0)::getFirst, bodies.get(0)))
                .isEqualTo(new ReceivedEvent("/godwit/planner", READ.id(), READ));
        assertThat(HeaderText.decode(headers.get(0).getFirst("ce-pool"))).isEqualTo(READ.pool());
        assertThat(headers.get(0).getFirst("authorization")).isNull();
    }

    @Test
    void sameEventIsPostedAgainWhileTheBrokerIsBusy() {
        statuses.addAll(List.of(503, 429, 500, 408));
        publisher(broker()).publish(READ);
        assertThat(headers)
                .extracting(sent -> sent.getFirst("ce-id"))
                .hasSize(5)
                .containsOnly(headers.get(0).getFirst("ce-id"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void eventThatTheBrokerRefusesIsNotPostedAgain(int status) {
        statuses.add(status);
        assertThat(failureOf(broker()).code()).isEqualTo(ErrorCode.EVENT_MALFORMED);
        assertThat(bodies).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void brokerThatDoesNotKnowUsIsUnreachableAtOnce(int status) {
        statuses.add(status);
        assertThat(failureOf(broker()).code()).isEqualTo(ErrorCode.FUNCTION_UNREACHABLE);
        assertThat(bodies).hasSize(1);
    }

    @Test
    void brokerThatStaysBusyIsUnreachableAtTheDeadline() {
        statuses.addAll(Collections.nCopies(1000, 503));
        GodwitException failure = failureOf(broker().withDeadline(Duration.ofMillis(400)));
        assertThat(failure.code()).isEqualTo(ErrorCode.FUNCTION_UNREACHABLE);
        assertThat(failure.getMessage()).contains(READ.id()).contains("status 503");
        assertThat(bodies).hasSizeGreaterThan(2);
    }

    @Test
    void brokerThatIsAwayIsUnreachableAtTheDeadline() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Broker away = Broker.at(URI.create("http://127.0.0.1:" + free)).withDeadline(Duration.ofMillis(200));
        assertThat(failureOf(away).code()).isEqualTo(ErrorCode.FUNCTION_UNREACHABLE);
    }

    @Test
    void bindingOfKnativeGivesAddressAndExtensions() {
        Broker bound = Broker.bound(Map.of(
                "K_SINK", broker().address().toString(), "K_CE_OVERRIDES", "{\"extensions\":{\"cluster\":\"eu 1\"}}"));
        publisher(bound.withBearer(() -> "t0ken")).publish(READ);
        assertThat(headers.get(0).getFirst("ce-cluster")).isEqualTo("eu%201");
        assertThat(headers.get(0).getFirst("authorization")).isEqualTo("Bearer t0ken");
    }

    @Test
    void bindingOfKnativeGivesATokenThatIsReplacedFromTimeToTime(@TempDir Path folder) throws IOException {
        Map<String, String> environment = Map.of("K_SINK", broker().address().toString());
        Path token = folder.resolve("token");
        publisher(Broker.bound(environment, token)).publish(READ);
        Files.writeString(token, "first\n");
        Broker bound = Broker.bound(environment, token);
        publisher(bound).publish(READ);
        Files.writeString(token, "second\n");
        publisher(bound).publish(READ);

        assertThat(headers.get(0).getFirst("authorization")).isNull();
        assertThat(headers.get(1).getFirst("authorization")).isEqualTo("Bearer first");
        assertThat(headers.get(2).getFirst("authorization")).isEqualTo("Bearer second");
    }

    @Test
    void bindingThatIsMissingOrMalformedIsNamed() {
        assertThat(catchThrowableOfType(GodwitException.class, () -> Broker.bound(Map.of())))
                .hasMessageContaining("K_SINK");
        assertThat(catchThrowableOfType(
                        GodwitException.class,
                        () -> Broker.bound(Map.of("K_SINK", "http://x", "K_CE_OVERRIDES", "{\"extensions\":"))))
                .hasMessageContaining("K_CE_OVERRIDES");
    }

    private Broker broker() {
        return Broker.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/default"))
                .withDeadline(Duration.ofSeconds(20));
    }

    private static HttpEventPublisher publisher(Broker broker) {
        return new HttpEventPublisher(EventSource.PLANNER, broker);
    }

    private static GodwitException failureOf(Broker broker) {
        return catchThrowableOfType(
                GodwitException.class, () -> publisher(broker).publish(READ));
    }
}
