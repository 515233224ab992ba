package io.godwit.platform.ask;

import com.fasterxml.jackson.databind.JavaType;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.platform.json.Json;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns the call of a question's method into one POST. */
final class HttpInvocation implements InvocationHandler {
    private final HttpQuestions target;
    private final HttpClient client;

    HttpInvocation(HttpQuestions target, HttpClient client) {
        this.target = target;
        this.client = client;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (arguments == null || arguments.length != 1) {
            throw new IllegalArgumentException(method + " is not a question: it has not exactly one argument");
        }
        URI address = target.addressOf(method.getName());
        Duration deadline = target.deadlineOf(method.getName());
        return read(address, method, post(address, deadline, Json.bytes(arguments[0])))
                .orThrow();
    }

    private byte[] post(URI address, Duration deadline, byte[] question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(deadline)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question));
        if (target.bearer() != null) {
            request.header("Authorization", "Bearer " + target.bearer().get());
        }
        TraceParent trace = Traces.current();
        if (trace != null) {
            request.header(TraceParent.NAME, trace.text());
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw unreachable(address, "answered with status " + response.statusCode(), null);
            }
            return response.body();
        } catch (HttpTimeoutException late) {
            throw unreachable(address, "did not answer within " + deadline.toSeconds() + " s", late);
        } catch (IOException broken) {
            throw unreachable(address, "could not be reached: " + broken, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable(address, "was not waited for: interrupted", interrupted);
        }
    }

    private static Answer<?> read(URI address, Method method, byte[] body) {
        JavaType form = Json.mapper().getTypeFactory().constructParametricType(Answer.class, method.getReturnType());
        try {
            return Json.mapper().readValue(body, form);
        } catch (IOException malformed) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    address + ": the answer is not of the form that the question has",
                    "Run functions of one version.",
                    malformed);
        }
    }

    private static GodwitException unreachable(URI address, String what, @Nullable Throwable cause) {
        return new GodwitException(
                ErrorCode.FUNCTION_UNREACHABLE, address + " " + what, "Check that the function runs there.", cause);
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "questions to " + target.base();
        };
    }
}
