package io.godwit.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.local.report.Console;
import io.godwit.local.report.Runs;
import io.godwit.ops.RunView;
import io.godwit.platform.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history hears of a retry a moment after the planner has decided it. */
class FollowedRunTest {
    private static final RunId RUN = RunId.of("shop", Runs.BEGUN);
    private static final Instant FAILED_AT = Runs.BEGUN.plusSeconds(60);

    @SuppressWarnings("NullAway.Init") // before each test
    private HttpServer server;

    private final Deque<RunView> history = new ArrayDeque<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Object answer = exchange.getRequestMethod().equals("POST")
                    ? new Started(RUN, RunState.RUNNING, false)
                    : history.size() > 1 ? history.removeFirst() : history.getFirst();
            byte[] bytes = Json.bytes(answer);
            exchange.getResponseHeaders().add("Godwit-Api", "1");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void retryIsFollowedAndNotWhatCameBeforeIt() {
        RunView failed = failed(FAILED_AT);
        history.addAll(List.of(
                failed,
                failed,
                failed,
                Runs.of(RUN, RunState.RUNNING, null, null),
                Runs.of(RUN, RunState.COMPLETED, null, FAILED_AT.plusSeconds(9))));

        assertThat(retry()).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("OK  ").doesNotContain("FAILED");
    }

    @Test
    void retryThatFailsAgainIsReported() {
        history.addAll(List.of(failed(FAILED_AT), failed(FAILED_AT), failed(FAILED_AT.plusSeconds(9))));

        assertThat(retry()).isNotZero();
        assertThat(history).hasSize(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("FAILED");
    }

    private static RunView failed(Instant at) {
        return Runs.of(RUN, RunState.FAILED, new ErrorInfo(ErrorCode.SINK_UNREACHABLE, "no answer", ""), at);
    }

    private int retry() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        ApiCommand command = (ApiCommand) Commands.line()
                .parseArgs("retry", RUN.value())
                .subcommand()
                .commandSpec()
                .userObject();
        return command.runWith(new Session(
                new Api(new Address(url, () -> "token", false)), new Console(out, out, false, false), null));
    }
}
