package io.godwit.local.broker;

import io.godwit.core.event.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Routes events to the functions that act on them. Safe for many threads. */
public final class InProcessBroker implements AutoCloseable {
    private final Map<String, Delivery> byType = new HashMap<>();
    private final List<Delivery> deliveries;
    private final DeadLetters deadLetters;
    private final Distortion distortion;

    /**
     * @param deadLetterSink where an event goes that no function takes
     * @param token sent as a bearer token with every delivery; null for none
     */
    public InProcessBroker(
            Collection<Subscriber> subscribers, URI deadLetterSink, @Nullable String token, Distortion distortion) {
        this.distortion = distortion;
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        deadLetters = new DeadLetters(http, deadLetterSink, token);
        Map<String, Delivery> byFunction = new HashMap<>();
        for (Subscriber subscriber : subscribers) {
            byFunction.put(subscriber.function(), new Delivery(subscriber, http, token, this::offer, deadLetters));
        }
        for (Event.Type type : Event.Type.values()) {
            Delivery delivery = byFunction.get(type.function());
            if (delivery != null) {
                byType.put(type.text(), delivery);
            }
        }
        deliveries = List.copyOf(byFunction.values());
    }

    /**
     * Takes an event.
     *
     * @return whether it was taken; false: there is no room now, try again later
     */
    public boolean offer(Message message) {
        Delivery delivery = byType.get(message.type());
        if (delivery == null) {
            // As Knative does: an event that no trigger wants is taken, and nothing comes of it.
            return true;
        }
        if (!delivery.hasRoom()) {
            return false;
        }
        distortion.pass(message.id(), () -> delivery.offer(message));
        return true;
    }

    /** Whether all that was taken has been delivered, or set aside. What is distorted is not known here. */
    public boolean isIdle() {
        return deliveries.stream().allMatch(Delivery::isIdle);
    }

    /** Events that no function would take, the latest last. */
    public List<DeadLetters.Letter> deadLetters() {
        return deadLetters.latest();
    }

    @Override
    public void close() {
        distortion.close();
        deliveries.forEach(Delivery::close);
    }
}
