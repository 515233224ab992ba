package io.godwit.core.question;

import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.run.StepId;
import java.util.List;

/** How much of a quarantine one answer takes, and where it begins. */
public final class QuarantinePages {
    private QuarantinePages() {}

    /** The rows that one answer looks at, at most. */
    public static int limit(QuarantineQuestion question) {
        return Math.max(1, Math.min(QuarantinePage.MOST_ROWS, question.limit()));
    }

    /** The subtask at, or after, which the page begins: a row's, or what comes before all of the step's. */
    public static String subtask(QuarantineQuestion question) {
        return question.after() == null
                ? first(question.step())
                : question.after().subtask().value();
    }

    /** The row of that subtask after which the page begins. */
    public static long id(QuarantineQuestion question) {
        return question.after() == null ? 0 : question.after().id();
    }

    /** Ids of the step's subtasks are above it ... */
    public static String first(StepId step) {
        return step + "/";
    }

    /** ... and below this: 0 comes after the slash. */
    public static String end(StepId step) {
        return step + "0";
    }

    /** How many rows of these lengths, from the first, fit into an answer: one always does. */
    public static int fitting(List<Long> lengths) {
        long bytes = 0;
        for (int i = 0; i < lengths.size(); i++) {
            bytes += lengths.get(i);
            if (bytes > QuarantinePage.MOST_BYTES && i > 0) {
                return i;
            }
        }
        return lengths.size();
    }
}
