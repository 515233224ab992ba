package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.event.Event;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.question.PlannerQuestions.JobFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many subtasks a second one planner dispatches and completes, with so many in its plan and so many under way.
 * Readers and writers are instant, so that nothing but the planner and its control store is measured: {@code mvn -pl
 * planner-fn -am test -Dtest=ScaleMeasurement -Dsurefire.failIfNoSpecifiedTests=false -Dgodwit.scale.subtasks=1000000
 * -Dgodwit.scale.under-way=10000}.
 */
@EnabledIfSystemProperty(named = "godwit.scale.subtasks", matches = "[0-9]+")
class ScaleMeasurement {
    private static final int SUBTASKS = Integer.getInteger("godwit.scale.subtasks", 100_000);
    private static final int UNDER_WAY = Integer.getInteger("godwit.scale.under-way", 1000);
    /** What a connection and a job may have at once. */
    private static final int MOST_OF_A_JOB = 1000;

    private static final int DELIVERIES = Integer.getInteger("godwit.scale.deliveries", 64);
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("godwit.scale.seconds", 60));

    @Test
    void measure() throws Exception {
        try (PlannerFixture planner = PlannerFixture.ofLanes(UNDER_WAY)) {
            int jobs = (UNDER_WAY + MOST_OF_A_JOB - 1) / MOST_OF_A_JOB;
            planner.readers.splitsByTable.put("orders", SUBTASKS / jobs);
            for (int job = 0; job < jobs; job++) {
                planner.planner.answers().apply(new JobFile("scale.yaml", file(job, UNDER_WAY / jobs)));
                planner.start("scale-" + job);
            }
            long begun = System.nanoTime();
            planner.workDuties();
            double planned = seconds(begun);
            assertThat(planner.world.events).as("given to readers at once").hasSize(UNDER_WAY);

            int completed = deliver(planner);

            System.out.printf(
                    "%,d subtasks planned and the first %,d dispatched in %.1f s; then, with as many under way and %d"
                            + " deliveries at once, %.0f subtasks/s completed; control store %,d MB; heap used %,d MB%n",
                    SUBTASKS,
                    UNDER_WAY,
                    planned,
                    DELIVERIES,
                    completed / (double) MEASURED.toSeconds(),
                    ControlStoreOfTests.count(
                            planner.controlStore,
                            "generate_series(1, (select pg_database_size(current_database()) / 1000000))"),
                    heap() / 1_000_000);
            assertThat(completed).isPositive();
        }
    }

    /** A job from a connection to another, none of which others share. */
    private static String file(int job, int atOnce) {
        String file = PlannerFixture.connection("shop", "limits: { reads: %d }\n".formatted(atOnce))
                + PlannerFixture.connection("warehouse", "limits: { writes: %d }\n".formatted(atOnce))
                + PlannerFixture.job("scale", "orders")
                + "concurrency: %d\n".formatted(atOnce);
        return file.replaceAll("(shop|warehouse|scale)", "$1-" + job);
    }

    /** By many at once, for as long as is measured. */
    private static int deliver(PlannerFixture planner) throws InterruptedException {
        AtomicInteger written = new AtomicInteger();
        Queue<Event> reads = new ConcurrentLinkedQueue<>();
        Queue<Event> others = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + MEASURED.toNanos();
        ExecutorService broker = Executors.newFixedThreadPool(DELIVERIES);
        List<Future<?>> deliveries = new ArrayList<>();
        for (int i = 0; i < DELIVERIES; i++) {
            deliveries.add(broker.submit(() -> {
                while (System.nanoTime() < end) {
                    drain(planner.world.events, reads, others);
                    // What ends a subtask before what begins one: so that as many as the windows take stay under way.
                    Event event = others.isEmpty() ? reads.poll() : others.poll();
                    if (event == null) {
                        LockSupport.parkNanos(1_000_000);
                        continue;
                    }
                    planner.deliver(event);
                    if (event instanceof Event.SubtaskWritten) {
                        written.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        broker.shutdown();
        for (Future<?> delivery : deliveries) {
            assertThat(delivery).succeedsWithin(MEASURED.plusMinutes(1));
        }
        return written.get();
    }

    private static void drain(List<Event> events, Queue<Event> reads, Queue<Event> others) {
        synchronized (events) {
            events.forEach(event -> (event instanceof SubtaskRead ? reads : others).add(event));
            events.clear();
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
