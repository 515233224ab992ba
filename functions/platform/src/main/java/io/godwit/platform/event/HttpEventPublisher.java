package io.godwit.platform.event;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.port.EventPublisher;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Posts events to a broker, and again while it is away or busy, until the deadline. Safe for threads. */
public final class HttpEventPublisher implements EventPublisher {
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final EventSource source;
    private final Broker broker;
    private final HttpClient client;

    public HttpEventPublisher(EventSource source, Broker broker) {
        this.source = source;
        this.broker = broker;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /**
     * {@inheritDoc}
     *
     * @throws GodwitException EVENT_MALFORMED when the broker refuses the event for what it is
     */
    @Override
    public void publish(Event event) {
        EncodedEvent encoded = CloudEventCodec.encode(event, source);
        Instant end = Instant.now().plus(broker.deadline());
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            Refusal refusal = post(encoded, end);
            if (refusal == null) {
                return;
            }
            long wait = Math.max(
                    refusal.retryAfterMillis(), ThreadLocalRandom.current().nextLong(pause / 2, pause));
            if (!refusal.mayPass() || Instant.now().plusMillis(wait).isAfter(end)) {
                throw failure(event, refusal);
            }
            sleep(event, wait);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Null once the broker has taken it. */
    private @Nullable Refusal post(EncodedEvent event, Instant end) {
        Duration left = Duration.between(Instant.now(), end);
        HttpRequest.Builder request = HttpRequest.newBuilder(broker.address())
                .timeout(left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left)
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.body()));
        event.headers().forEach(request::header);
        for (Map.Entry<String, String> extension : broker.extensions().entrySet()) {
            request.setHeader("ce-" + extension.getKey(), HeaderText.encode(extension.getValue()));
        }
        if (broker.bearer() != null) {
            request.header("Authorization", "Bearer " + broker.bearer().get());
        }
        try {
            HttpResponse<Void> response = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            return Refusal.of(response);
        } catch (IOException unreachable) {
            return Refusal.of(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Refusal.interrupted();
        }
    }

    private void sleep(Event event, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(event, Refusal.interrupted());
        }
    }

    private GodwitException failure(Event event, Refusal refusal) {
        String message = "broker " + broker.address() + " has not taken "
                + event.type().text() + " " + event.id() + ": " + refusal.what();
        return refusal.ofTheEvent()
                ? new GodwitException(ErrorCode.EVENT_MALFORMED, message, "Run functions of one version.")
                : new GodwitException(
                        ErrorCode.FUNCTION_UNREACHABLE, message, "Check that the broker runs there.", refusal.cause());
    }
}
