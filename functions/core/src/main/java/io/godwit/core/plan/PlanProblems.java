package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that keeps a step from being planned, told at once. */
final class PlanProblems {
    private static final int SHOWN = 50;

    private final String where;
    private final List<ErrorInfo> problems = new ArrayList<>();

    /** @param where the job and step, the start of every message */
    PlanProblems(String where) {
        this.where = where;
    }

    void add(ErrorCode code, String what, String remedy) {
        ErrorInfo problem = new ErrorInfo(code, what, remedy);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Throws what was noted, if anything was: one problem a line, under the code of the first. */
    void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        ErrorInfo first = problems.get(0);
        if (problems.size() == 1) {
            throw new GodwitException(first.code(), where + ": " + first.message(), first.remedy());
        }
        String lines = problems.stream()
                .limit(SHOWN)
                .map(problem -> where + ": " + problem.message() + ". " + problem.remedy())
                .collect(Collectors.joining("\n"));
        String more = problems.size() > SHOWN ? "\nand " + (problems.size() - SHOWN) + " more" : "";
        throw new GodwitException(first.code(), lines + more, "Mend each of them.");
    }
}
