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
    private static final Map<String, Turn> HOLDERS = new ConcurrentHashMap<>();

    private Turns() {}

    /** Held until it is closed, or until somebody who waits has seen no progress of it for too long. */
    static final class Turn implements AutoCloseable {
        private final String id;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile long progress = System.nanoTime();

        private Turn(String id) {
            this.id = id;
        }

        /** Says that the holder does not stand still. */
        void progress() {
            progress = System.nanoTime();
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
                    long left = Math.min(progress + still.toNanos() - System.nanoTime(), deadline - System.nanoTime());
                    if (ended.await(left, TimeUnit.NANOSECONDS)) {
                        return true;
                    }
                    if (left <= 0) {
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
