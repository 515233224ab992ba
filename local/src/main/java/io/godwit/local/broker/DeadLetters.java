package io.godwit.local.broker;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the latest events that no function would take, and hands them to ops, as Knative's dead-letter sink. */
public final class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int KEPT = 1000;

    private final Deque<Letter> letters = new ArrayDeque<>();
    private final HttpClient http;
    private final URI sink;
    private final @Nullable String token;

    DeadLetters(HttpClient http, URI sink, @Nullable String token) {
        this.http = http;
        this.sink = sink;
        this.token = token;
    }

    /** An event set aside, and why. */
    public record Letter(String type, String id, String reason) {}

    /** @param status what the function answered, 0 where it did not */
    void add(Message message, URI subscriber, int status, String reason) {
        synchronized (this) {
            if (letters.size() == KEPT) {
                letters.removeFirst();
            }
            letters.addLast(new Letter(message.type(), message.id(), reason));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(sink)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body()))
                .header("ce-knativeerrordest", subscriber.toString())
                .header("ce-knativeerrorcode", Integer.toString(status));
        message.addTo(request);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        // Once: what ops cannot take now, it is told in the log.
        CompletableFuture<HttpResponse<Void>> sent =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        CompletableFuture<Void> unused = sent.handle((answer, failure) -> {
            if (failure != null || answer.statusCode() / 100 != 2) {
                LOG.warnf(
                        "ops has not taken the dead letter %s: %s",
                        message.id(), failure == null ? answer.statusCode() : failure);
            }
            return null;
        });
    }

    synchronized List<Letter> latest() {
        return List.copyOf(letters);
    }
}
