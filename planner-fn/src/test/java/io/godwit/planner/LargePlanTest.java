package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.run.RunId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A hundred million rows in a hundred thousand simulated splits: planned, stored and dispatched in the heap that the
 * build gives its tests (480 MiB). Dispatch costs what is under way, not what is left. Times are printed, not asserted.
 */
class LargePlanTest {
    private static final int SUBTASKS = 100_000;
    private static final int MOVED = 150;

    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void hundredThousandSubtasksAreStoredAndDispatchedFromTheFront() {
        planner.readers.splitsByTable.put("orders", SUBTASKS);
        planner.apply(PlannerFixture.job("large", "orders"));
        RunId run = planner.start("large");

        long begun = System.nanoTime();
        planner.workDuties();
        long planned = System.nanoTime();
        while (planner.world.ledger.size() < MOVED) {
            planner.deliver(planner.world.events.remove(0));
        }
        long moved = System.nanoTime();

        System.out.printf(
                "%d subtasks planned in %d ms; then %d subtasks/s through one planner, one event at a time%n",
                SUBTASKS, (planned - begun) / 1_000_000, MOVED * 1_000_000_000L / (moved - planned));
        assertThat(ControlStoreOfTests.count(planner.controlStore, "planner.subtask"))
                .isEqualTo(SUBTASKS);
        assertThat(planner.world.ledger.keySet())
                .as("the front of the queue, but for what is under way")
                .allMatch(subtask -> subtask.split() < MOVED + 10);
        assertThat(planner.stateOf(run).isEnded()).isFalse();
    }
}
