package io.godwit.planner.planning;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Plan.PlannedTable;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.platform.trace.Spans;
import io.godwit.platform.trace.TraceParent;
import io.godwit.platform.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Has readers split tables, several at once. */
public final class Splitting {
    private final Functions functions;
    private final ExecutorService questions;

    /** @param questions as many threads as tables are to be split at once */
    public Splitting(Functions functions, ExecutorService questions) {
        this.functions = functions;
        this.questions = questions;
    }

    /** @param notes gets a line per table that says why it is split as it is */
    List<PlannedTable> split(List<TablePlan> tables, long splitBytes, List<String> notes) {
        List<Future<SourceSplits>> asked = new ArrayList<>();
        TraceParent trace = Traces.current();
        for (TablePlan table : tables) {
            asked.add(questions.submit(() -> Traces.in(Spans.NONE.begin("", trace), () -> ask(table, splitBytes))));
        }
        List<PlannedTable> planned = new ArrayList<>();
        try {
            for (int i = 0; i < tables.size(); i++) {
                SourceSplits splits = await(asked.get(i));
                planned.add(new PlannedTable(tables.get(i), splits.splits()));
                notes.add(tables.get(i).definition().name() + ": " + splits.reason());
            }
        } finally {
            asked.forEach(unneeded -> unneeded.cancel(true));
        }
        return planned;
    }

    private SourceSplits ask(TablePlan table, long splitBytes) {
        return functions
                .readersOf(table.source())
                .splitSource(new SplitSource(
                        table.source(), table.definition(), table.where(), table.snapshot(), splitBytes));
    }

    private static SourceSplits await(Future<SourceSplits> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GodwitException(
                    ErrorCode.FUNCTION_UNREACHABLE, "planning was interrupted", "It is taken up again.", interrupted);
        }
    }
}
