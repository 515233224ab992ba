package io.godwit.planner.wiring;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The planner's own threads. All are daemons: what they leave undone is in the control store. */
record PlannerThreads(
        ExecutorService publishers, ExecutorService duties, ExecutorService questions, ScheduledExecutorService timer)
        implements AutoCloseable {
    /** Lists of events that may wait for a publisher; whoever brings more publishes himself. */
    private static final int WAITING = 1_000;

    static PlannerThreads start(int publishers, int duties, int questions) {
        return new PlannerThreads(
                new ThreadPoolExecutor(
                        publishers,
                        publishers,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(WAITING),
                        named("planner-publisher"),
                        new ThreadPoolExecutor.CallerRunsPolicy()),
                Executors.newFixedThreadPool(duties, named("planner-duty")),
                Executors.newFixedThreadPool(questions, named("planner-question")),
                Executors.newSingleThreadScheduledExecutor(named("planner-timer")));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        duties.shutdownNow();
        questions.shutdownNow();
        publishers.shutdown();
    }
}
