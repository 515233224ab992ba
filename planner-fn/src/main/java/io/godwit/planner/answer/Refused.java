package io.godwit.planner.answer;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions.QuarantinedOf;
import io.godwit.core.question.PlannerQuestions.QuarantinedRow;
import io.godwit.core.question.PlannerQuestions.QuarantinedRows;
import io.godwit.core.question.PlannerQuestions.QuarantinedValue;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Steps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that the sinks of a run refused and set aside. They go into the answer and nowhere else. */
public final class Refused {
    private final ControlStore store;
    private final Functions functions;

    public Refused(ControlStore store, Functions functions) {
        this.store = store;
        this.functions = functions;
    }

    /** Those after a place, of the first step from there on that has some. */
    QuarantinedRows rows(QuarantinedOf question) {
        QuarantinePlace after = question.after();
        for (StepId step : stepsFrom(question.run(), after)) {
            List<TablePlan> tables = store.transact(session ->
                    Documents.getAll(session, Steps.workOf(session, step).documents(), TablePlan.class));
            if (tables.isEmpty()) {
                continue;
            }
            QuarantinePlace within = after != null && after.subtask().step().equals(step) ? after : null;
            List<RefusedRow> rows = functions
                    .writersOf(tables.get(0).sink())
                    .quarantineOfSink(new QuarantineQuestion(step, tables.get(0).sink(), within, question.limit()))
                    .rows();
            if (!rows.isEmpty()) {
                return new QuarantinedRows(rows.stream()
                        .map(row -> row(tables.get(row.place().subtask().table()), row))
                        .toList());
            }
        }
        return new QuarantinedRows(List.of());
    }

    private List<StepId> stepsFrom(RunId run, @Nullable QuarantinePlace after) {
        List<StepId> steps = store
                .transact(session -> Runs.find(session, run).map(found -> Steps.of(session, run)))
                .orElseThrow(() ->
                        new GodwitException(ErrorCode.NOT_FOUND, run + ": no such run", "List runs with: godwit runs"))
                .stream()
                .map(step -> StepId.of(run, step.name()))
                .toList();
        if (after == null) {
            return steps;
        }
        StepId first = after.subtask().step();
        if (!steps.contains(first)) {
            throw new GodwitException(
                    ErrorCode.NOT_FOUND, "step " + first + " is none of run " + run, "Begin again, without a place.");
        }
        return steps.subList(steps.indexOf(first), steps.size());
    }

    private static QuarantinedRow row(TablePlan table, RefusedRow refused) {
        TupleFields fields = new TupleFields(table.columns().size());
        fields.of(refused.row(), 0, refused.row().length);
        List<QuarantinedValue> values = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnPlan column = table.columns().get(i);
            Codec<Object> codec = Codecs.of(column.wireType());
            values.add(new QuarantinedValue(
                    column.target(),
                    column.wireType().notation(),
                    fields.isNull(i) ? null : codec.format(codec.decode(fields.copy(i)))));
        }
        return new QuarantinedRow(
                refused.place(), table.target(), refused.key(), refused.code(), refused.reason(), refused.at(), values);
    }
}
