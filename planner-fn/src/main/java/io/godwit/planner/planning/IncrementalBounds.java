package io.godwit.planner.planning;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import io.godwit.core.plan.StepQuestion.Bounds;
import io.godwit.core.plan.StepQuestion.Described;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.table.TableDescription;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Watermarks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which rows of incremental tables are new: above what the last completed run reached, up to what there is now. */
public final class IncrementalBounds {
    private final ControlStore store;
    private final Functions functions;

    public IncrementalBounds(ControlStore store, Functions functions) {
        this.store = store;
        this.functions = functions;
    }

    /** @return bounds by connection and table */
    Map<String, Bounds> of(String job, Job.Step step, List<Described> sources) {
        Map<String, Bounds> bounds = new HashMap<>();
        for (Described source : sources) {
            if (source.from().incremental() != null) {
                String column = source.from().incremental().column();
                for (TableDescription table : source.tables()) {
                    bounds.put(
                            HeldMarks.keyOf(source.connection(), table.name()),
                            of(job, step.name(), source.connection(), table, column));
                }
            }
        }
        return bounds;
    }

    private Bounds of(String job, String step, Connection source, TableDescription table, String column) {
        String key = HeldMarks.keyOf(source, table.name());
        String low = store.transact(session -> Watermarks.find(session, job, step, key, column))
                .orElse(null);
        String high = functions
                .readersOf(source)
                .highWater(new HighWaterQuestion(Snapshots.in(source, table.name()), table.name(), column, null))
                .value();
        return new Bounds(column, low, high);
    }
}
