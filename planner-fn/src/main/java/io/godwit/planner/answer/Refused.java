package io.godwit.planner.answer;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.expression.Expression;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions.QuarantinedOf;
import io.godwit.core.question.PlannerQuestions.QuarantinedRow;
import io.godwit.core.question.PlannerQuestions.QuarantinedRows;
import io.godwit.core.question.PlannerQuestions.QuarantinedValue;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.SourceFields;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.planner.planning.Functions;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.Runs;
import io.godwit.planner.store.Session;
import io.godwit.planner.store.Steps;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a run that were refused and set aside. They go into the answer and nowhere else. */
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
        List<StepId> steps = store.transact(session -> Runs.find(session, run).map(found -> withReplays(session, run)))
                .orElseThrow(() ->
                        new GodwitException(ErrorCode.NOT_FOUND, run + ": no such run", "List runs with: godwit runs"));
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

    /** What a replay left open belongs to the run that it replayed. */
    private static List<StepId> withReplays(Session session, RunId run) {
        List<RunId> runs = new ArrayList<>(List.of(run));
        runs.addAll(Runs.replaysOf(session, run));
        return runs.stream()
                .flatMap(of -> Steps.of(session, of).stream().map(step -> StepId.of(of, step.name())))
                .toList();
    }

    private QuarantinedRow row(TablePlan own, RefusedRow refused) {
        ReaderRefusal kept = ReaderRefusal.of(refused.row()).orElse(null);
        if (kept == null || kept.plan().isEmpty()) {
            return row(own, refused, kept);
        }
        TablePlan table = store.transact(session -> Documents.get(session, kept.plan(), TablePlan.class));
        return row(table, refused, kept);
    }

    private static QuarantinedRow row(TablePlan table, RefusedRow refused, @Nullable ReaderRefusal byReader) {
        RowForm form = byReader == null ? RowForm.TARGET : byReader.form();
        byte[] row = byReader == null ? refused.row() : byReader.row();
        return switch (form) {
            case TARGET -> row(table, refused, form, values(targetFields(table), row), null);
            case SOURCE -> row(table, refused, form, values(sourceFields(table), row), null);
            case RAW -> row(table, refused, form, List.of(), Base64.getEncoder().encodeToString(row));
            case WITHHELD -> row(table, refused, form, List.of(), null);
        };
    }

    private static List<Expression.Field> targetFields(TablePlan table) {
        return table.columns().stream()
                .map(column -> new Expression.Field(column.target(), column.wireType()))
                .toList();
    }

    private static List<Expression.Field> sourceFields(TablePlan table) {
        return SourceFields.of(table.columns(), table.filter()).stream()
                .map(field -> new Expression.Field(field.name(), field.type()))
                .toList();
    }

    private static List<QuarantinedValue> values(List<Expression.Field> columns, byte[] row) {
        TupleFields fields = new TupleFields(columns.size());
        fields.of(row, 0, row.length);
        List<QuarantinedValue> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Expression.Field column = columns.get(i);
            Codec<Object> codec = Codecs.of(column.type());
            values.add(new QuarantinedValue(
                    column.name(),
                    column.type().notation(),
                    fields.isNull(i) ? null : codec.format(codec.decode(fields.copy(i)))));
        }
        return values;
    }

    private static QuarantinedRow row(
            TablePlan table, RefusedRow refused, RowForm form, List<QuarantinedValue> values, @Nullable String raw) {
        return new QuarantinedRow(
                refused.place(),
                table.target(),
                refused.key(),
                refused.code(),
                refused.reason(),
                refused.at(),
                form,
                values,
                raw);
    }
}
