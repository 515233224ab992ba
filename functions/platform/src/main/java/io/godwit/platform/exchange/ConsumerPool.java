package io.godwit.platform.exchange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Consumers that wait for their next use, since a new one takes some 30 ms to its first record. At most so many are
 * kept, and none longer than a while.
 */
final class ConsumerPool implements AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(60);

    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final int most;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private @Nullable ScheduledThreadPoolExecutor sweeper;
    private boolean closed;

    private record Idle(Consumer<byte[], byte[]> consumer, long since) {}

    ConsumerPool(Supplier<? extends Consumer<byte[], byte[]>> consumers, int most) {
        this.consumers = consumers;
        this.most = most;
    }

    /** A consumer that is the caller's alone, until given back or closed. */
    Consumer<byte[], byte[]> borrow() {
        synchronized (this) {
            Idle latest = idle.pollLast();
            if (latest != null) {
                return latest.consumer();
            }
        }
        return consumers.get();
    }

    /** Takes back a consumer that works. */
    void giveBack(Consumer<byte[], byte[]> consumer) {
        consumer.unsubscribe();
        synchronized (this) {
            if (!closed && idle.size() < most) {
                idle.addLast(new Idle(consumer, System.nanoTime()));
                sweepLater();
                return;
            }
        }
        end(consumer);
    }

    /** Ends a consumer at once, leaving no group and committing nothing. */
    static void end(Consumer<byte[], byte[]> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private void sweepLater() {
        if (sweeper == null) {
            sweeper = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "godwit-idle-consumers");
                thread.setDaemon(true);
                return thread;
            });
            sweeper.setKeepAliveTime(1, TimeUnit.SECONDS);
            sweeper.allowCoreThreadTimeOut(true);
        }
        ScheduledFuture<?> unused = sweeper.schedule(this::sweep, KEPT.toMillis() + 100, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        List<Idle> lapsed = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            while (!idle.isEmpty() && now - idle.getFirst().since() >= KEPT.toNanos()) {
                lapsed.add(idle.removeFirst());
            }
        }
        lapsed.forEach(old -> end(old.consumer()));
    }

    @Override
    public void close() {
        List<Idle> rest;
        synchronized (this) {
            closed = true;
            rest = new ArrayList<>(idle);
            idle.clear();
            if (sweeper != null) {
                sweeper.shutdownNow();
            }
        }
        rest.forEach(old -> end(old.consumer()));
    }
}
