package io.godwit.connector.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Who of this process uses a transactional id: others wait for it, instead of ending its transaction. It spares work
 * and decides nothing: another process's transaction is ended, and so is one whose holder stands still.
 */
final class Turns {
    /** How long one call of a holder's may take: longer than it waits for the cluster, or for another transaction. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private static final Map<String, Turn> HOLDERS = new ConcurrentHashMap<>();

    private Turns() {}

    /** Held until it is closed, or until somebody who waits has seen no progress of it for too long. */
    static final class Turn implements AutoCloseable {
        private final String id;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final long begun = System.nanoTime();
        private volatile long progress = begun;
        private volatile boolean calling;

        private Turn(String id) {
            this.id = id;
        }

        /** Says that the holder does not stand still: a call of its begins, or ends. */
        void progress(boolean calls) {
            progress = System.nanoTime();
            calling = calls;
        }

        private long left(Duration still, long deadline) {
            Duration most = calling && still.compareTo(LONGEST_CALL) < 0 ? LONGEST_CALL : still;
            long now = System.nanoTime();
            // However late somebody comes: who has just begun is given the time to end.
            return Math.min(progress + most.toNanos() - now, Math.max(deadline, begun + still.toNanos()) - now);
        }

        @Override
        public void close() {
            HOLDERS.remove(id, this);
            ended.countDown();
        }

        /** Waits for its end; false: there is none, the holder stands still or takes too long. */
        private boolean ends(Duration still, long deadline) {
            try {
                while (true) {
                    if (ended.await(left(still, deadline), TimeUnit.NANOSECONDS)) {
                        return true;
                    }
                    if (left(still, deadline) <= 0) {
                        return false;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /**
     * Waits for whoever has it, but not for one that makes no progress.
     *
     * @param still how long a holder may stand still
     * @param most how long all holders are waited for
     */
    static Turn take(String id, Duration still, Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            Turn mine = new Turn(id);
            Turn holder = HOLDERS.putIfAbsent(id, mine);
            if (holder == null) {
                return mine;
            }
            if (!holder.ends(still, deadline)) {
                Turn late = new Turn(id);
                if (HOLDERS.replace(id, holder, late)) {
                    return late;
                }
            }
        }
    }

    static boolean isTaken(String id) {
        return HOLDERS.containsKey(id);
    }

    /** Waits until nobody has it who makes progress, but no longer than that. */
    static void await(String id, Duration still, Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        Turn holder = HOLDERS.get(id);
        while (holder != null && holder.ends(still, deadline)) {
            holder = HOLDERS.get(id);
        }
    }
}
