package io.godwit.connector.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Who of this process uses a transactional id: others wait for it, instead of ending its transaction. It spares work
 * and decides nothing: another process's transaction is ended, and so is one that is waited for too long.
 */
final class Turns {
    private static final Map<String, Line> LINES = new ConcurrentHashMap<>();

    private Turns() {}

    private static final class Line {
        private final Semaphore free = new Semaphore(1, true);
        private int users;
    }

    /** Held until it is closed. Closing twice is closing once. */
    static final class Turn implements AutoCloseable {
        private final String id;
        private final Line line;
        private final boolean waited;
        private boolean closed;

        private Turn(String id, Line line, boolean waited) {
            this.id = id;
            this.line = line;
            this.waited = waited;
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            if (waited) {
                line.free.release();
            }
            LINES.computeIfPresent(id, (key, same) -> --same.users == 0 ? null : same);
        }
    }

    /** Waits for whoever has it, but no longer than that. */
    static Turn take(String id, Duration most) {
        Line line = LINES.compute(id, (key, there) -> {
            Line used = there == null ? new Line() : there;
            used.users++;
            return used;
        });
        boolean got = false;
        try {
            got = line.free.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Turn(id, line, got);
    }

    /** Waits until nobody has it, but no longer than that. */
    static void await(String id, Duration most) {
        if (LINES.containsKey(id)) {
            take(id, most).close();
        }
    }
}
