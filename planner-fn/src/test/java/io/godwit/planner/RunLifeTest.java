package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.ledger.RunRow;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunLifeTest {
    private final PlannerFixture planner = new PlannerFixture();

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void runOfTwoTablesCompletes() {
        planner.readers.splitsByTable.put("orders", 7);
        planner.apply(PlannerFixture.job("nightly", "orders", "items"));
        RunId run = planner.start("nightly");

        planner.settle();

        assertThat(planner.stateOf(run)).isEqualTo(RunState.COMPLETED);
        assertThat(planner.world.ledger).hasSize(8);
        assertThat(planner.world.runRows).containsEntry(StepId.of(run, "copy"), RunRow.PUBLISHED);
        assertThat(planner.statesOf(run))
                .containsExactly(
                        RunState.REQUESTED,
                        RunState.PLANNING,
                        RunState.RUNNING,
                        RunState.PUBLISHING,
                        RunState.COMPLETED);
    }
}
