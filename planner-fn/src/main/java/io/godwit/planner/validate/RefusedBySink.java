package io.godwit.planner.validate;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.question.SourceQuestions.KeyHash;
import io.godwit.core.question.SourceQuestions.KeysOfBucket;
import io.godwit.core.row.BucketKeys;
import io.godwit.core.row.BucketTally;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.StepId;
import io.godwit.core.run.Tally;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.planning.RefusedRows;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Steps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rows that the sink refused and that nobody has replayed: the source has them, the target does not, and the quarantine
 * holds them as the target would. Rows that the reader refused are on neither side of a comparison, nor are they where
 * the sink refused them when they were replayed.
 */
final class RefusedBySink {
    private final ControlStore store;
    private final Functions functions;
    private final ReplayedRows replayed;
    private final Map<String, TablePlan> plans = new HashMap<>();

    RefusedBySink(ControlStore store, Functions functions) {
        this.store = store;
        this.functions = functions;
        this.replayed = new ReplayedRows(store);
    }

    /** Whether there may be some of a step. */
    boolean isPossible(StepId step) {
        return store.transact(session -> Steps.hasQuarantined(session, step));
    }

    /** Those of a step that were to go into the plan's target, by buckets of the plan's key. */
    List<Tally> tallies(StepId step, TablePlan plan, int buckets) {
        BucketTally tally = new BucketTally(plan, buckets);
        each(step, plan, row -> tally.row(row, 0, row.length));
        return tally.tallies();
    }

    /** Those of one bucket that were to go into the question's target. */
    List<KeyHash> keys(StepId step, KeysOfBucket question) {
        BucketKeys keys = new BucketKeys(question);
        each(step, question.table(), row -> keys.row(row, 0, row.length));
        return keys.keys();
    }

    private void each(StepId step, TablePlan plan, Consumer<byte[]> rows) {
        for (StepId of : store.transact(session -> Steps.withReplays(session, step))) {
            RefusedRows.each(functions, of, plan.sink(), row -> {
                if (!replayed.wereRefusedByReader(row.place().subtask(), step)) {
                    asCompared(row, plan).ifPresent(rows);
                }
            });
        }
    }

    /** The tuple that the target lacks. Empty: another target's, or of a mapping that has other columns. */
    private Optional<byte[]> asCompared(RefusedRow refused, TablePlan plan) {
        String own = TablePlan.idOf(refused.place().subtask());
        ReaderRefusal again = ReaderRefusal.of(refused.row()).orElse(null);
        if (again == null) {
            return asCompared(own, refused.row(), plan);
        }
        return again.form() == RowForm.TARGET
                ? asCompared(again.plan().isEmpty() ? own : again.plan(), again.row(), plan)
                : Optional.empty();
    }

    private Optional<byte[]> asCompared(String layoutId, byte[] row, TablePlan plan) {
        TablePlan layout = plan(layoutId);
        return layout.target().equals(plan.target()) ? inColumnsOf(plan, layout, row) : Optional.empty();
    }

    private TablePlan plan(String id) {
        return plans.computeIfAbsent(
                id, unknown -> store.transact(session -> Documents.get(session, unknown, TablePlan.class)));
    }

    /** A comparison may leave columns out. */
    private static Optional<byte[]> inColumnsOf(TablePlan plan, TablePlan layout, byte[] row) {
        TupleFields fields = new TupleFields(layout.columns().size());
        fields.of(row, 0, row.length);
        TupleBuilder compared = new TupleBuilder().begin(plan.columns().size());
        for (ColumnPlan column : plan.columns()) {
            int at = placeOf(column, layout.columns());
            if (at < 0) {
                return Optional.empty();
            }
            if (fields.isNull(at)) {
                compared.nullField();
            } else {
                compared.field(fields.bytes(), fields.offset(at), fields.length(at));
            }
        }
        return Optional.of(compared.toByteArray());
    }

    private static int placeOf(ColumnPlan column, List<ColumnPlan> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).target().equals(column.target())
                    && columns.get(i).wireType().equals(column.wireType())) {
                return i;
            }
        }
        return -1;
    }
}
