package io.godwit.platform.jobfile;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.platform.jobfile.Tree.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a file, all of it, in the order of the file. */
final class Problems {
    private static final int SHOWN = 50;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    private record Problem(Place place, ErrorCode code, String path, String what, String hint) {}

    Problems(String file) {
        this.file = file;
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Notes that the file breaks its schema. */
    void add(Place place, String path, String what, String hint) {
        add(place, ErrorCode.JOB_FILE_INVALID, path, what, hint);
    }

    /**
     * Notes a problem with the value at the cursor, unless one is noted: its schema's comes first and says it better.
     */
    void add(Cursor cursor, ErrorCode code, String what, String hint) {
        if (problems.stream()
                .noneMatch(problem -> problem.path.equals(cursor.path()) && problem.place.equals(cursor.around()))) {
            add(cursor.around(), code, cursor.path(), what, hint);
        }
    }

    void add(Place place, ErrorCode code, String path, String what, String hint) {
        problems.add(new Problem(place, code, path, what, hint));
    }

    /** Runs a check of core on the value at the cursor, and notes what it throws. */
    void check(Cursor cursor, Runnable check) {
        try {
            check.run();
        } catch (GodwitException e) {
            add(cursor, e.code(), e.info().message(), e.remedy());
        } catch (IllegalArgumentException e) {
            add(cursor, ErrorCode.JOB_FILE_INVALID, String.valueOf(e.getMessage()), "");
        }
    }

    /**
     * Throws what was noted, if anything was: under the code that all have in common, else JOB_FILE_INVALID, each on a
     * line {@code file:line:column: path: what}.
     */
    void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        problems.sort(Comparator.comparingInt((Problem problem) -> problem.place.line())
                .thenComparingInt(problem -> problem.place.column()));
        Problem first = problems.get(0);
        if (problems.size() == 1) {
            throw new GodwitException(first.code, line(first), first.hint);
        }
        boolean alike = problems.stream().allMatch(problem -> problem.code == first.code);
        String lines = problems.stream()
                .limit(SHOWN)
                .map(problem -> problem.hint.isEmpty() ? line(problem) : line(problem) + ". " + problem.hint)
                .collect(Collectors.joining("\n"));
        String more = problems.size() > SHOWN ? "\nand " + (problems.size() - SHOWN) + " more" : "";
        throw new GodwitException(
                alike ? first.code : ErrorCode.JOB_FILE_INVALID, lines + more, "Mend each of the places named.");
    }

    private String line(Problem problem) {
        return file + ":" + problem.place.line() + ":" + problem.place.column() + ": "
                + (problem.path.isEmpty() ? "" : problem.path + ": ") + problem.what;
    }
}
