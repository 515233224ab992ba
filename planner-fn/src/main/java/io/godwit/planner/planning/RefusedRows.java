package io.godwit.planner.planning;

import io.godwit.core.job.Connection;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.run.StepId;
import java.util.List;
import java.util.function.Consumer;

/** The open rows of a step's quarantine, page by page: one page is held at a time. */
public final class RefusedRows {
    private RefusedRows() {}

    /** Passes on every one, in the order of their places. */
    public static void each(Functions functions, StepId step, Connection sink, Consumer<RefusedRow> rows) {
        List<RefusedRow> page = page(functions, new QuarantineQuestion(step, sink, null, QuarantinePage.MOST_ROWS));
        while (!page.isEmpty()) {
            page.forEach(rows);
            RefusedRow last = page.get(page.size() - 1);
            page = page(functions, new QuarantineQuestion(step, sink, last.place(), QuarantinePage.MOST_ROWS));
        }
    }

    private static List<RefusedRow> page(Functions functions, QuarantineQuestion question) {
        return functions
                .writersOf(question.connection())
                .quarantineOfSink(question)
                .rows();
    }
}
