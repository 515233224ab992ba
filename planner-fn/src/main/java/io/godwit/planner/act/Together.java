package io.godwit.planner.act;

import io.godwit.core.error.GodwitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: what threads ask for while one of them is at work is done next, all at once, by one of those that wait.
 * Safe for threads. Each caller waits until its own is done; so at most as much waits as there are callers.
 *
 * @param <T> what is asked for
 */
final class Together<T> {
    private final Consumer<List<T>> work;
    private final Queue<Asked<T>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock working = new ReentrantLock();

    /** @param work does, or refuses, all of a list; where it refuses a list of several it is asked for each alone */
    Together(Consumer<List<T>> work) {
        this.work = work;
    }

    /**
     * Returns once it is done.
     *
     * @throws RuntimeException what the work throws of it
     */
    void ask(T what) {
        Asked<T> mine = new Asked<>(what);
        waiting.add(mine);
        working.lock();
        try {
            while (!mine.done) {
                doNext();
            }
        } finally {
            working.unlock();
        }
        if (mine.refusal != null) {
            throw mine.refusal;
        }
    }

    private void doNext() {
        List<Asked<T>> all = new ArrayList<>();
        for (Asked<T> next = waiting.poll(); next != null; next = waiting.poll()) {
            all.add(next);
        }
        doAll(all);
        RuntimeException refusal = all.get(0).refusal;
        // One of them may be the cause. What is transient befalls them all alike.
        if (refusal != null && isOfSeveral(all) && !isTransient(refusal)) {
            all.forEach(each -> doAll(List.of(each)));
        }
    }

    private void doAll(List<Asked<T>> all) {
        // Stays where an Error ends this thread: the others must not take it for done.
        @Nullable RuntimeException refusal = new IllegalStateException("broken off");
        try {
            work.accept(all.stream().map(each -> each.what).toList());
            refusal = null;
        } catch (RuntimeException refused) {
            refusal = refused;
        } finally {
            for (Asked<T> each : all) {
                each.done = true;
                each.refusal = refusal;
            }
        }
    }

    private boolean isOfSeveral(List<Asked<T>> all) {
        return all.stream().map(each -> each.what).distinct().limit(2).count() > 1;
    }

    private static boolean isTransient(RuntimeException refusal) {
        return refusal instanceof GodwitException coded && coded.code().isTransient();
    }

    private static final class Asked<T> {
        private final T what;
        private boolean done;
        private @Nullable RuntimeException refusal;

        Asked(T what) {
            this.what = what;
        }
    }
}
