package io.godwit.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions.Jobs;
import io.godwit.local.report.ExitCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers at the address may be anything. */
class RefusalsTest {
    @SuppressWarnings("NullAway.Init") // before each test
    private HttpServer server;

    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHENTICATED, 2",
        "403, FORBIDDEN, 2",
        "404, COMMAND_LINE_INVALID, 2",
        "302, COMMAND_LINE_INVALID, 2",
        "200, COMMAND_LINE_INVALID, 2",
        "500, DEFECT, 1",
        "413, DEFECT, 1"
    })
    void sayingsOfAnotherServerAreTold(int status, ErrorCode code, int exitCode) {
        answer(status, "<html>somebody else</html>", Map.of("Location", "https://login.example.org/"), 99);

        assertThatThrownBy(() -> api().get("/jobs", Jobs.class)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(url().toString());
            assertThat(e.remedy()).isNotEmpty();
            assertThat(ExitCodes.of(e.code())).isEqualTo(exitCode);
        });
        assertThat(asked).hasValue(1);
    }

    @Test
    void serverOfAnotherVersionIsTold() {
        answer(200, "{\"jobs\":[]}", Map.of("Godwit-Api", "2"), 99);

        assertThatThrownBy(() -> api().get("/jobs", Jobs.class)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(e.getMessage()).contains("version 2");
        });
    }

    @Test
    void errorOfTheServerIsTheCommandsError() {
        answer(
                409,
                "{\"code\":\"RUN_STATE_REFUSES\",\"message\":\"it has ended\",\"remedy\":\"Start another.\"}",
                Map.of("Godwit-Api", "1"),
                99);

        assertThatThrownBy(() -> api().post("/runs/a/pause", null, Jobs.class))
                .isInstanceOfSatisfying(
                        GodwitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_STATE_REFUSES));
    }

    @Test
    void whatChangesNothingIsAskedAgainWhileNoInstanceAnswers() {
        answer(503, "", Map.of(), 2);

        assertThat(api().get("/jobs", Jobs.class).jobs()).isEmpty();
        assertThat(asked).hasValue(3);
    }

    @Test
    void whatChangesSomethingIsAskedOnce() {
        answer(503, "", Map.of(), 2);

        assertThatThrownBy(() -> api().post("/runs", Map.of(), Jobs.class))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FUNCTION_UNREACHABLE);
                    assertThat(ExitCodes.of(e.code())).isEqualTo(1);
                });
        assertThat(asked).hasValue(1);
    }

    @Test
    void serverThatIsNotThereIsTold() {
        server.stop(0);

        assertThatThrownBy(() -> api().get("/jobs", Jobs.class))
                .isInstanceOfSatisfying(
                        GodwitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FUNCTION_UNREACHABLE));
    }

    /** So often as that; from then on as Godwit answers. */
    private void answer(int status, String body, Map<String, String> headers, int times) {
        server.createContext("/", exchange -> {
            boolean again = asked.incrementAndGet() <= times;
            byte[] bytes = (again ? body : "{\"jobs\":[]}").getBytes(StandardCharsets.UTF_8);
            (again ? headers : Map.of("Godwit-Api", "1")).forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(again ? status : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private Api api() {
        return new Api(new Address(url(), () -> "token", true));
    }
}
