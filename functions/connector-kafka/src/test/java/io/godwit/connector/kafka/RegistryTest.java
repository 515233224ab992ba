package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a registry that is gone, refuses, errs, or lies. */
class RegistryTest {
    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>(Map.of(
            "format", "avro", "registryHost", "127.0.0.1", "registrySslMode", "disable", "registryPath", "/api"));
    private HttpServer server = create();
    private int status = 200;
    private byte[] body = "{\"schema\": \"x\"}".getBytes(UTF_8);

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
        options.put("registryPort", String.valueOf(server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Registry registry(boolean reading) {
        Connection connection =
                new Connection("events", "kafka", "127.0.0.1", 1, "kafka", null, null, options, Limits.NONE, List.of());
        return new Registry(
                KafkaOptions.of(connection),
                reference -> "resolved " + reference,
                new KafkaErrors(reading, connection));
    }

    private GodwitException failure() {
        return catchThrowableOfType(GodwitException.class, () -> registry(false).latest("a/b"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, SINK_LOGIN_REFUSED",
        "403, SINK_LOGIN_REFUSED",
        "409, TYPE_INCOMPATIBLE",
        "422, SINK_REFUSED",
        "302, SINK_REFUSED", // nobody is led elsewhere
        "429, SINK_INTERRUPTED",
        "500, SINK_INTERRUPTED"
    })
    void everyStatusIsAnErrorOfItsKind(int answered, ErrorCode code) {
        status = answered;

        assertThat(failure().code()).isEqualTo(code);
        assertThat(failure()).hasMessageContaining("connection events").hasMessageContaining("" + answered);
        assertThat(asked).hasSize(2);
    }

    @Test
    void schemaThatIsThereIsNotRegisteredOnceMore() {
        body = "{\"id\": 7}".getBytes(UTF_8);

        assertThat(registry(false).register("orders", "{}")).isEqualTo(7);

        assertThat(asked).containsExactly("/api/subjects/orders-value null");
    }

    @Test
    void whatIsNotThereIsAskedForOnce() {
        status = 404;
        body = "{\"error_code\": 40403, \"message\": \"Schema not found\"}".getBytes(UTF_8);
        Registry registry = registry(true);

        assertThat(registry.schema(7)).isEmpty();
        assertThat(registry.schema(7)).isEmpty();

        assertThat(asked).containsExactly("/api/schemas/ids/7 null");
    }

    /** A path that no registry is at would else pass for a subject without a schema. */
    @ParameterizedTest
    @ValueSource(
            strings = {"<html>Not Found</html>", "{\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}", "{}"})
    void whatIsNoRegistryIsNotTakenForOneThatHasNothing(String answered) {
        status = 404;
        body = answered.getBytes(UTF_8);

        assertThat(failure().code()).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(failure().remedy()).contains("registryPath");
    }

    @Test
    void whatTheRegistrySaysIsPassedOnAsOneShortLine() {
        status = 422;
        body = ("{\"error_code\": 42201, \"message\": \"Invalid\\n schema " + "x".repeat(10_000) + "\"}")
                .getBytes(UTF_8);

        assertThat(failure()).hasMessageContaining("422: Invalid schema xxx");
        assertThat(failure().getMessage()).hasSizeLessThan(1000);
    }

    /** Confluent's has several reasons, Apicurio's one by another word. */
    @Test
    void reasonsOfWhatIsNotTakenAreTold() {
        body = "{\"is_compatible\": true}".getBytes(UTF_8);
        assertThat(registry(false).refusal("orders", "{}")).isEmpty();

        body = "{\"is_compatible\": false, \"messages\": [\"no default\", \"of long\"]}".getBytes(UTF_8);
        assertThat(registry(false).refusal("orders", "{}")).contains("no default of long");

        body = "{\"is_compatible\": false}".getBytes(UTF_8);
        assertThat(registry(false).refusal("orders", "{}")).contains("");
        assertThat(asked.get(0)).startsWith("/api/compatibility/subjects/orders-value/versions/latest?verbose=true");
    }

    @Test
    void loginIsSentAndTheNameOfATopicIsPartOfAPath() {
        options.put("registryUser", "reader");
        options.put("registrySecret", "env:REGISTRY");

        assertThat(registry(true).latest("a/b")).contains("x");

        assertThat(asked)
                .containsExactly("/api/subjects/a%2Fb-value/versions/latest Basic "
                        + java.util.Base64.getEncoder().encodeToString("reader:resolved env:REGISTRY".getBytes(UTF_8)));
    }

    @Test
    void answerThatIsTooLargeOrNoJsonIsRefused() {
        body = new byte[5 << 20];
        assertThat(failure().code()).isEqualTo(ErrorCode.SINK_INTERRUPTED);
        assertThat(failure()).hasMessageContaining("more than 4194304 bytes");

        body = "<html>".getBytes(UTF_8);
        assertThat(failure().code()).isEqualTo(ErrorCode.SINK_REFUSED);
    }

    @Test
    void schemasThatAreNotAvroOrReferToOthersAreNotTaken() {
        body = "{\"schemaType\": \"PROTOBUF\", \"schema\": \"x\"}".getBytes(UTF_8);
        assertThat(failure().code()).isEqualTo(ErrorCode.NOT_SUPPORTED);

        body = "{\"schema\": \"x\", \"references\": [{\"name\": \"y\"}]}".getBytes(UTF_8);
        assertThat(failure().code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void registryThatIsGoneIsSaidToBe() {
        server.stop(0);

        assertThat(failure().code()).isEqualTo(ErrorCode.SINK_UNREACHABLE);
        assertThat(failure()).hasMessageContaining("registry");
    }
}
