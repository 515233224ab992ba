package io.godwit.local.broker;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hands events to one function: a bounded queue, a bounded number at once, retries with backoff. */
final class Delivery implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Delivery.class);

    /** Events waiting at most; the planner's windows keep far below it. */
    private static final int ROOM = 20_000;

    /** About half a minute in all, as a Knative broker with ten retries and exponential backoff. */
    private static final int TRIES = 10;

    private static final long FIRST_BACKOFF_MILLIS = 50;

    private final Subscriber subscriber;
    private final HttpClient http;
    private final @Nullable String token;
    private final Predicate<Message> replies;
    private final DeadLetters deadLetters;
    private final Semaphore room = new Semaphore(ROOM);
    private final ExecutorService workers;

    Delivery(
            Subscriber subscriber,
            HttpClient http,
            @Nullable String token,
            Predicate<Message> replies,
            DeadLetters deadLetters) {
        this.subscriber = subscriber;
        this.http = http;
        this.token = token;
        this.replies = replies;
        this.deadLetters = deadLetters;
        ThreadFactory threads = daemons("broker-" + subscriber.function());
        this.workers = Executors.newFixedThreadPool(subscriber.concurrency(), threads);
    }

    boolean hasRoom() {
        return room.availablePermits() > 0;
    }

    boolean isIdle() {
        return room.availablePermits() == ROOM;
    }

    /** Takes an event. Waits where another took the last room in between. */
    void offer(Message message) {
        room.acquireUninterruptibly();
        workers.execute(() -> deliver(message, 1));
    }

    private void deliver(Message message, int attempt) {
        String problem = send(message);
        if (problem == null) {
            room.release();
        } else if (attempt == TRIES || problem.startsWith(REFUSED)) {
            deadLetters.add(message, subscriber.url(), statusIn(problem), problem);
            room.release();
            LOG.warnf("event %s %s set aside after %d tries: %s", message.type(), message.id(), attempt, problem);
        } else {
            LOG.debugf("event %s %s is tried again: %s", message.type(), message.id(), problem);
            long backoff = Math.min(10_000, FIRST_BACKOFF_MILLIS << attempt);
            CompletableFuture.delayedExecutor(backoff, TimeUnit.MILLISECONDS, workers)
                    .execute(() -> deliver(message, attempt + 1));
        }
    }

    private static final String REFUSED = "refused: ";
    private static final String STATUS = "HTTP ";

    private static int statusIn(String problem) {
        int begin = problem.length() - 3;
        return problem.matches(".*" + STATUS + "[0-9]{3}") ? Integer.parseInt(problem.substring(begin)) : 0;
    }

    /** Null when it was taken; otherwise why not, beginning with {@link #REFUSED} where trying again is no use. */
    private @Nullable String send(Message message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(subscriber.url())
                .timeout(subscriber.deadline())
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body()));
        message.addTo(request);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return outcome(response);
        } catch (IOException e) {
            return "no answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private @Nullable String outcome(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            Message reply = Message.of(
                    response.headers().map().entrySet().stream()
                            .map(header ->
                                    Map.entry(header.getKey(), header.getValue().get(0)))
                            .toList(),
                    response.body());
            return !reply.isEvent() || replies.test(reply) ? null : "no room for its reply";
        }
        // The statuses that Knative tries again.
        boolean again = status >= 500 || status == 404 || status == 408 || status == 409 || status == 429;
        return (again ? "" : REFUSED) + STATUS + status;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return runnable -> {
            Thread thread = new Thread(runnable, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
