package io.godwit.e2e.knative;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.godwit.core.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A broker and its triggers, as Knative's are: at least once and sometimes twice, in no order, nothing above 64 KiB,
 * again with backoff after what Knative takes for passing, to the dead-letter sink otherwise, with what Knative adds.
 */
final class BrokerStandIn implements AutoCloseable {
    private static final int MOST_BYTES = 64 << 10;
    private static final int RETRIES = 10;
    private static final int PERCENT_DOUBLED = 5;

    private final List<Trigger> triggers;
    private final URI deadLetterSink;
    private final Random random;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(BrokerStandIn::daemon);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Queue<String> deadLetters = new ConcurrentLinkedQueue<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();

    /**
     * Who gets what.
     *
     * @param filter attributes that an event must have, {@code type} among them
     */
    record Trigger(Map<String, String> filter, URI subscriber) {}

    @SuppressWarnings("ArrayRecordComponent") // a body is bytes, and nobody compares two
    private record Message(Map<String, String> headers, byte[] body) {
        /** As Knative hands it to a dead-letter sink. */
        Message failed(URI where, int status, byte[] answer) {
            Map<String, String> with = new TreeMap<>(headers);
            with.put("ce-knativeerrordest", where.toString());
            with.put("ce-knativeerrorcode", Integer.toString(status));
            with.put("ce-knativeerrordata", Base64.getEncoder().encodeToString(answer));
            return new Message(with, body);
        }

        String attribute(String name) {
            return headers.getOrDefault("ce-" + name, "");
        }
    }

    BrokerStandIn(List<Trigger> triggers, URI deadLetterSink, long seed) {
        this.triggers = List.copyOf(triggers);
        this.deadLetterSink = deadLetterSink;
        this.random = new Random(seed);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/godwit/default");
    }

    /** An event that was taken. */
    record Seen(Map<String, String> headers, String body) {
        String type() {
            return attribute("type");
        }

        String subject() {
            return attribute("subject");
        }

        /** Where in a trace it is, empty where it does not say. */
        String traceparent() {
            return attribute("traceparent");
        }

        /** All of it. */
        String text() {
            return headers + body;
        }

        private String attribute(String name) {
            return headers.getOrDefault("ce-" + name, "");
        }
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Done before the first event of the type, and any other of it, is passed on. */
    void beforeFirst(Event.Type type, Runnable action) {
        before.put(type.text(), action);
    }

    /** What no function would take: type, id and status. */
    List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** Deliveries that are not over. */
    int underWay() {
        return underWay.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(accept(new Message(headers, body)), -1);
        exchange.close();
    }

    private int accept(Message message) {
        int size = message.body().length
                + message.headers().entrySet().stream()
                        .mapToInt(header ->
                                header.getKey().length() + header.getValue().length() + 4)
                        .sum();
        if (size > MOST_BYTES) {
            return 413;
        }
        if (message.attribute("type").isEmpty() || message.attribute("id").isEmpty()) {
            return 400;
        }
        seen.add(new Seen(message.headers(), new String(message.body(), StandardCharsets.UTF_8)));
        before.computeIfPresent(message.attribute("type"), (type, action) -> {
            action.run();
            return null;
        });
        for (Trigger trigger : triggers) {
            boolean fits = trigger.filter().entrySet().stream()
                    .allMatch(wanted -> message.attribute(wanted.getKey()).equals(wanted.getValue()));
            if (fits) {
                int times = dice(100) < PERCENT_DOUBLED ? 2 : 1;
                for (int i = 0; i < times; i++) {
                    underWay.incrementAndGet();
                    deliverLater(message, trigger.subscriber(), 0, dice(40));
                }
            }
        }
        return 202;
    }

    private synchronized int dice(int sides) {
        return random.nextInt(sides);
    }

    private void deliverLater(Message message, URI subscriber, int retries, long millis) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)
                .execute(() -> deliver(message, subscriber, retries));
    }

    private void deliver(Message message, URI subscriber, int retries) {
        HttpRequest.Builder request = HttpRequest.newBuilder(subscriber)
                .timeout(Duration.ofMinutes(5))
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body()));
        message.headers().forEach((name, value) -> {
            if (name.startsWith("ce-") || name.equals("content-type")) {
                request.header(name, value);
            }
        });
        int status;
        byte[] said = new byte[0];
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            status = answer.statusCode();
            said = answer.body();
            if (status / 100 == 2 && answer.headers().firstValue("ce-type").isPresent()) {
                Map<String, String> headers = new TreeMap<>();
                answer.headers()
                        .map()
                        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
                accept(new Message(headers, answer.body()));
            }
        } catch (IOException e) {
            status = 503;
        } catch (InterruptedException e) {
            return;
        }
        boolean again = status == 404 || status == 408 || status == 409 || status == 429 || status >= 500;
        if (again && retries < RETRIES) {
            deliverLater(message, subscriber, retries + 1, Math.min(10_000, 200L << retries));
            return;
        }
        if (status / 100 != 2) {
            deadLetters.add(
                    message.attribute("type") + " " + message.attribute("id") + " by " + subscriber + ": " + status);
            // A letter that not even the sink takes is lost, as with Knative.
            if (!subscriber.equals(deadLetterSink)) {
                deliver(message.failed(subscriber, status, said), deadLetterSink, 0);
                return;
            }
        }
        underWay.decrementAndGet();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "broker");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
