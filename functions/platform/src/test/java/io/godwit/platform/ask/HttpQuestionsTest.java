package io.godwit.platform.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions;
import io.godwit.platform.Samples;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpQuestionsTest {
    private final AtomicReference<String> authorization = new AtomicReference<>();
    private final AtomicReference<BiFunction<String, byte[], byte[]>> answers = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/fn/", exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            String name = exchange.getRequestURI().getPath().substring("/fn/".length());
            byte[] body = answers.get().apply(name, exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(classes = {SourceQuestions.class, SinkQuestions.class, PlannerQuestions.class})
    <Q> void everyQuestionIsAskedAndAnsweredByName(Class<Q> questions) throws Exception {
        AtomicReference<Object> asked = new AtomicReference<>();
        Q answering = questions.cast(Proxy.newProxyInstance(
                questions.getClassLoader(), new Class<?>[] {questions}, (proxy, method, arguments) -> {
                    asked.set(arguments[0]);
                    return Samples.full(method.getReturnType());
                }));
        QuestionDesk desk = QuestionDesk.of(questions, answering);
        answers.set(desk::answer);
        Q client = at().client(questions);

        for (Method method : questions.getMethods()) {
            Object question = Samples.full(method.getParameterTypes()[0]);
            assertThat(method.invoke(client, question)).isEqualTo(Samples.full(method.getReturnType()));
            assertThat(asked.get()).isEqualTo(question);
            assertThat(desk.questions()).contains(method.getName());
        }
    }

    @Test
    void codedErrorArrivesAsTheExceptionThatWasThrown() {
        answers.set((name, body) -> Json.bytes(Answer.of(() -> {
            throw new GodwitException(ErrorCode.SOURCE_LOGIN_REFUSED, "shop: no", "Check the password.");
        })));
        GodwitException error = failureOf(at());
        assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        assertThat(error).hasMessage("shop: no");
        assertThat(error.remedy()).isEqualTo("Check the password.");
    }

    @Test
    void foreignExceptionBecomesDefectWithoutItsMessage() {
        answers.set((name, body) -> Json.bytes(Answer.of(() -> {
            throw new IllegalStateException("row 42: hunter2");
        })));
        GodwitException error = failureOf(at());
        assertThat(error.code()).isEqualTo(ErrorCode.DEFECT);
        assertThat(error.getMessage()).contains("IllegalStateException").doesNotContain("hunter2");
    }

    @Test
    void malformedQuestionIsAnsweredAsMalformed() {
        QuestionDesk desk = QuestionDesk.of(PlannerQuestions.class, at().client(PlannerQuestions.class));
        for (String text : new String[] {"", "{", "{\"run\":\"x\"}", "{\"run\":\"a.20260101T000000Z\",\"bogus\":1}"}) {
            assertThat(new String(
                            desk.answer("control", text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                    .contains("\"error\":{\"code\":\"EVENT_MALFORMED\"");
        }
        assertThat(new String(desk.answer("bogus", new byte[0]), StandardCharsets.UTF_8))
                .contains("EVENT_MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 500, 503, 204})
    void anyOtherStatusIsTransientlyUnreachable(int other) {
        status = other;
        answers.set((name, body) -> new byte[0]);
        assertThat(failureOf(at()).code()).isEqualTo(ErrorCode.FUNCTION_UNREACHABLE);
        assertThat(ErrorCode.FUNCTION_UNREACHABLE.isTransient()).isTrue();
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        GodwitException error = failureOf(HttpQuestions.at(URI.create("http://127.0.0.1:" + free)));
        assertThat(error.code()).isEqualTo(ErrorCode.FUNCTION_UNREACHABLE);
        assertThat(error.getMessage()).contains("127.0.0.1:" + free + "/holdSnapshot");
    }

    @Test
    void silenceIsUnreachableAfterTheDeadlineOfThatQuestion() {
        answers.set((name, body) -> {
            try {
                ended.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return new byte[0];
        });
        GodwitException error = failureOf(at().withDeadline("holdSnapshot", Duration.ofMillis(50)));
        assertThat(error.code()).isEqualTo(ErrorCode.FUNCTION_UNREACHABLE);
    }

    @Test
    void answerOfAnotherFormIsMalformed() {
        for (String text :
                new String[] {"{}", "<html>", "{\"value\":{\"bogus\":1}}", "{\"value\":{\"name\":\"a\"},\"more\":1}"}) {
            answers.set((name, body) -> text.getBytes(StandardCharsets.UTF_8));
            assertThat(failureOf(at()).code()).isEqualTo(ErrorCode.EVENT_MALFORMED);
        }
    }

    @Test
    void tokenIsShownWhereThereIsOne() {
        answers.set((name, body) -> Json.bytes(Answer.of(() -> new SourceQuestions.Snapshot("s"))));
        ask(at());
        assertThat(authorization.get()).isNull();
        ask(at().withBearer(() -> "t0ken"));
        assertThat(authorization.get()).isEqualTo("Bearer t0ken");
    }

    private HttpQuestions at() {
        return HttpQuestions.at(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fn"));
    }

    private static SourceQuestions.Snapshot ask(HttpQuestions where) {
        return where.client(SourceQuestions.class).holdSnapshot(Samples.full(SourceQuestions.HoldSnapshot.class));
    }

    private static GodwitException failureOf(HttpQuestions where) {
        return catchThrowableOfType(GodwitException.class, () -> ask(where));
    }
}
