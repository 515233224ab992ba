package io.godwit.e2e.knative;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.godwit.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Knative Service as its callers see it: one address, behind which instances start when a request comes, take so many
 * requests at once, and are told to end (SIGTERM) when none has come for a while.
 */
final class Service implements AutoCloseable {
    /** What a proxy passes on itself, or may not. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "content-length", "connection", "transfer-encoding", "upgrade", "http2-settings");

    private final String function;
    private final Packaging packaging;
    private final Scale scale;
    private final Map<String, String> environment;
    private final Path folder;
    private final HttpServer address;
    private final ExecutorService threads = Executors.newCachedThreadPool(Service::daemon);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<Instance> instances = new ArrayList<>();
    private final Map<Instance, Integer> busy = new HashMap<>();
    /** Told to end: nothing is sent there any more. */
    private final List<Instance> ending = new ArrayList<>();

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger unclean = new AtomicInteger();
    private long lastUse = System.nanoTime();
    private boolean closed;

    /**
     * How it scales.
     *
     * @param most instances at once
     * @param concurrency requests that one takes at once
     * @param idle how long nothing comes before all are told to end
     */
    record Scale(int most, int concurrency, Duration idle) {}

    Service(String function, Packaging packaging, Scale scale, Map<String, String> environment, Path folder) {
        this.function = function;
        this.packaging = packaging;
        this.scale = scale;
        this.environment = new HashMap<>(environment);
        this.folder = folder;
        try {
            address = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        address.createContext("/", this::pass);
        address.setExecutor(threads);
        address.start();
        threads.execute(this::scaleDown);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + address.getAddress().getPort());
    }

    /** For instances that start from now on. */
    synchronized void set(String variable, String value) {
        environment.put(variable, value);
    }

    synchronized int running() {
        return (int) instances.stream().filter(Instance::isAlive).count() + ending.size();
    }

    int started() {
        return started.get();
    }

    /** Instances that did not end in order when they were told to. */
    int unclean() {
        return unclean.get();
    }

    /** What an instance that starts now is told. */
    synchronized Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    synchronized List<Instance> alive() {
        return instances.stream().filter(Instance::isAlive).toList();
    }

    /** Where its instances are, past this address. */
    List<URI> instances() {
        return alive().stream().map(Instance::url).toList();
    }

    /** Kills one that runs, if one does; says whether. */
    synchronized boolean killOne(Random random) {
        List<Instance> alive = alive();
        if (alive.isEmpty()) {
            return false;
        }
        alive.get(random.nextInt(alive.size())).kill();
        return true;
    }

    /** Tells those that have requests to end; they get no others. */
    synchronized List<Instance> terminateBusy() {
        List<Instance> told = instances.stream()
                .filter(instance -> instance.isAlive() && busy.getOrDefault(instance, 0) > 0)
                .toList();
        instances.removeAll(told);
        busy.keySet().removeAll(told);
        ending.addAll(told);
        told.forEach(Instance::terminate);
        return told;
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Instance instance = null;
        try {
            instance = take();
            HttpResponse<byte[]> answer =
                    http.send(request(exchange, body, instance), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name) && !name.startsWith(":")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            boolean empty = answer.body().length == 0;
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (IOException | IllegalStateException e) {
            // As Knative's activator and queue-proxy, when the instance goes away under a request.
            exchange.sendResponseHeaders(502, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (instance != null) {
                giveBack(instance);
            }
            exchange.close();
        }
    }

    private static HttpRequest request(HttpExchange exchange, byte[] body, Instance instance) {
        HttpRequest.Builder request = HttpRequest.newBuilder(instance.url().resolve(exchange.getRequestURI()))
                .timeout(Duration.ofMinutes(10))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    /** An instance with room, started if need be, ready. */
    private Instance take() throws InterruptedException {
        Instance fresh;
        synchronized (this) {
            while (true) {
                if (closed) {
                    throw new IllegalStateException(function + " is closed");
                }
                instances.removeIf(instance -> !instance.isAlive());
                busy.keySet().retainAll(instances);
                Instance free = withRoom();
                if (free != null) {
                    busy.merge(free, 1, Integer::sum);
                    return free;
                }
                if (instances.size() < scale.most()) {
                    fresh = Instance.start(packaging, function, FreePort.find(), environment, folder);
                    started.incrementAndGet();
                    instances.add(fresh);
                    // Nobody else is sent there before it is ready.
                    busy.put(fresh, scale.concurrency());
                    break;
                }
                wait(200);
            }
        }
        fresh.awaitReady(http);
        synchronized (this) {
            busy.put(fresh, 1);
            notifyAll();
        }
        return fresh;
    }

    private @Nullable Instance withRoom() {
        return instances.stream()
                .filter(instance -> busy.getOrDefault(instance, 0) < scale.concurrency())
                .findFirst()
                .orElse(null);
    }

    private synchronized void giveBack(Instance instance) {
        busy.computeIfPresent(instance, (same, requests) -> Math.max(0, requests - 1));
        lastUse = System.nanoTime();
        notifyAll();
    }

    private void scaleDown() {
        while (true) {
            List<Instance> last;
            synchronized (this) {
                if (closed) {
                    return;
                }
                boolean idle = busy.values().stream().allMatch(requests -> requests == 0)
                        && System.nanoTime() - lastUse > scale.idle().toNanos();
                if (idle && !instances.isEmpty()) {
                    ending.addAll(instances);
                    instances.clear();
                    busy.clear();
                }
                last = List.copyOf(ending);
            }
            try {
                for (Instance instance : last) {
                    end(instance);
                }
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void end(Instance instance) throws InterruptedException {
        boolean alive = instance.isAlive();
        instance.terminate();
        int exitCode = instance.await(Duration.ofSeconds(60));
        if (alive && !Instance.ENDED_IN_ORDER.contains(exitCode)) {
            unclean.incrementAndGet();
        }
        synchronized (this) {
            ending.remove(instance);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "service");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            instances.forEach(Instance::kill);
            ending.forEach(Instance::kill);
            notifyAll();
        }
        address.stop(0);
        threads.shutdownNow();
    }

    @Override
    public synchronized String toString() {
        return function + ": " + instances;
    }
}
