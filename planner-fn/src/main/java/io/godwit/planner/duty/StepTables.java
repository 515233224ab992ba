package io.godwit.planner.duty;

import io.godwit.core.job.Connection;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.StepWork;
import io.godwit.planner.store.Steps;
import java.util.List;

/** A step's work with its table plans. */
record StepTables(StepWork work, List<TablePlan> tables) {

    static StepTables of(ControlStore store, StepId step) {
        return store.transact(session -> {
            StepWork work = Steps.workOf(session, step);
            return new StepTables(work, Documents.getAll(session, work.documents(), TablePlan.class));
        });
    }

    /** The table of one of the step's subtasks. */
    TablePlan of(SubtaskId subtask) {
        return tables.get(subtask.table());
    }

    /** The connection that all tables of the step go into. */
    Connection sink() {
        return tables.get(0).sink();
    }
}
