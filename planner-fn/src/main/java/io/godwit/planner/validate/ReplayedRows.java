package io.godwit.planner.validate;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.type.LogicalType;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import io.godwit.planner.store.SubtaskSets;
import java.util.List;
import java.util.Map;

/**
 * Rows that the reader had refused, and that replays have written since: the target has them, and whoever reads the
 * source again under the first run's plan does not find them. Their quarantine lists them no more; the ledger has the
 * tally of what was written of them.
 */
final class ReplayedRows {
    private final ControlStore store;

    /**
     * What there is of them in one target.
     *
     * @param exact whether the tally's digest is that of rows as the comparison reads them; else only their number
     *     counts
     */
    record Found(Tally tally, boolean exact) {
        static final Found NONE = new Found(Tally.ZERO, true);

        Found plus(Found other) {
            return new Found(tally.plus(other.tally), exact && other.exact);
        }
    }

    ReplayedRows(ControlStore store) {
        this.store = store;
    }

    /** Those that replays of a step have written into the plan's target. */
    Found of(StepId step, TablePlan plan) {
        return store.transact(session -> Steps.withReplays(session, step).stream()
                .filter(replay -> !replay.equals(step))
                .map(replay -> of(session, step, replay, plan))
                .reduce(Found.NONE, Found::plus));
    }

    /** Whether a subtask's rows are such as the reader of the first run had refused, whoever refused them since. */
    boolean wereRefusedByReader(SubtaskId subtask, StepId first) {
        return store.transact(session -> wereRefusedByReader(session, subtask, first));
    }

    private static Found of(Session session, StepId first, StepId replay, TablePlan plan) {
        Found found = Found.NONE;
        for (Map.Entry<SubtaskId, Tally> written :
                SubtaskSets.written(session, replay).entrySet()) {
            TablePlan table = Documents.get(session, TablePlan.idOf(written.getKey()), TablePlan.class);
            if (table.target().equals(plan.target()) && wereRefusedByReader(session, written.getKey(), first)) {
                found = found.plus(new Found(written.getValue(), layout(table).equals(layout(plan))));
            }
        }
        return found;
    }

    private static boolean wereRefusedByReader(Session session, SubtaskId subtask, StepId first) {
        if (subtask.step().equals(first)) {
            return false;
        }
        KeptRows kept = Documents.get(session, KeptRows.id(subtask), KeptRows.class);
        return kept.form() == RowForm.RAW
                || kept.form() == RowForm.SOURCE
                || wereRefusedByReader(session, kept.of(), first);
    }

    private record Field(String target, LogicalType type) {}

    private static List<Field> layout(TablePlan plan) {
        return plan.columns().stream()
                .map((ColumnPlan column) -> new Field(column.target(), column.wireType()))
                .toList();
    }
}
