package io.godwit.planner.wiring;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Ticks where no one else does. Delayed, since it may fire before everything is wired. */
@ApplicationScoped
public class OwnTick {
    private final PlannerWiring planner;

    @Inject
    public OwnTick(PlannerWiring planner) {
        this.planner = planner;
    }

    @Scheduled(
            every = "${godwit.planner.tick.every:off}",
            delayed = "1s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        planner.sweep().sweep();
    }
}
