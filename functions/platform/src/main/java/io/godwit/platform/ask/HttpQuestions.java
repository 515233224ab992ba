package io.godwit.platform.ask;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a function answers questions, and how long to wait for it. Clients made here are safe for threads and share
 * their connections.
 *
 * <pre>
 * SourceQuestions reader = HttpQuestions.at(URI.create("http://reader")).client(SourceQuestions.class);
 * </pre>
 *
 * @param base what the method's name is appended to
 * @param deadline from asking to the whole answer
 * @param deadlines other deadlines, by method name
 * @param bearer the token of each call, null for none
 */
public record HttpQuestions(
        URI base,
        Duration deadline,
        Map<String, Duration> deadlines,
        @Nullable Supplier<String> bearer) {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Duration LONG_DEADLINE = Duration.ofMinutes(9);

    /** Questions that read or build tables: as long as a function may take at all (Knative's 600 s), less a margin. */
    private static final Map<String, Duration> LONG_QUESTIONS = Map.ofEntries(
            Map.entry("describeSource", LONG_DEADLINE),
            Map.entry("splitSource", LONG_DEADLINE),
            Map.entry("splitAgain", LONG_DEADLINE),
            Map.entry("highWater", LONG_DEADLINE),
            Map.entry("tallySource", LONG_DEADLINE),
            Map.entry("keysOfSource", LONG_DEADLINE),
            Map.entry("describeSink", LONG_DEADLINE),
            Map.entry("previewPreparation", LONG_DEADLINE),
            Map.entry("prepareSink", LONG_DEADLINE),
            Map.entry("publishSink", LONG_DEADLINE),
            Map.entry("closeSink", LONG_DEADLINE),
            Map.entry("reopenSink", LONG_DEADLINE),
            Map.entry("voidInSink", LONG_DEADLINE),
            Map.entry("tallySink", LONG_DEADLINE),
            Map.entry("keysOfSink", LONG_DEADLINE),
            Map.entry("plan", LONG_DEADLINE),
            Map.entry("validate", LONG_DEADLINE));

    /** HTTP/1.1: functions on one port and one machine gain nothing from an upgrade, and lose a round trip. */
    private static final class Http {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    public HttpQuestions {
        deadlines = Map.copyOf(deadlines);
    }

    /** A function at this address, with deadlines of a minute, or nine where a question works through tables. */
    public static HttpQuestions at(URI base) {
        return new HttpQuestions(base, DEADLINE, LONG_QUESTIONS, null);
    }

    /** The same, with another deadline for the questions that have none of their own. */
    public HttpQuestions withDeadline(Duration other) {
        return new HttpQuestions(base, other, deadlines, bearer);
    }

    /** The same, with another deadline for one question. */
    public HttpQuestions withDeadline(String method, Duration other) {
        Map<String, Duration> all = new TreeMap<>(deadlines);
        all.put(method, other);
        return new HttpQuestions(base, deadline, all, bearer);
    }

    /** The same, with a token to show, asked for at every call. */
    public HttpQuestions withBearer(Supplier<String> token) {
        return new HttpQuestions(base, deadline, deadlines, token);
    }

    /**
     * A client: an object of the interface whose every method asks the function of that name. Methods throw the
     * GodwitException of the answer, FUNCTION_UNREACHABLE where there is no answer, EVENT_MALFORMED where it cannot be
     * read.
     */
    public <Q> Q client(Class<Q> questions) {
        return questions.cast(Proxy.newProxyInstance(
                questions.getClassLoader(), new Class<?>[] {questions}, new HttpInvocation(this, Http.CLIENT)));
    }

    Duration deadlineOf(String method) {
        return deadlines.getOrDefault(method, deadline);
    }

    URI addressOf(String method) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + method);
    }
}
