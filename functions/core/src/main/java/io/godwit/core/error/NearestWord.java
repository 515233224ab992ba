package io.godwit.core.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses the word that was meant, for remedies. */
public final class NearestWord {
    private static final int LONGEST = 64;

    private NearestWord() {}

    /**
     * The allowed word that is the fewest typing errors away from {@code written}, case apart: at most a third of the
     * word's letters (but at least one, at most three); empty where none is so near. Neighbouring letters swapped are
     * one error.
     */
    public static Optional<String> of(String written, Collection<String> allowed) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = written.toLowerCase(Locale.ROOT);
        int nearest = Math.min(3, Math.max(1, wanted.length() / 3)) + 1;
        String word = null;
        for (String candidate : allowed) {
            int errors = errors(wanted, candidate.toLowerCase(Locale.ROOT));
            if (errors < nearest) {
                nearest = errors;
                word = candidate;
            }
        }
        return Optional.ofNullable(word);
    }

    /** {@code Did you mean WORD?} where one is near, else {@code Use one of A, B.} */
    public static String remedy(String written, Collection<String> allowed) {
        return of(written, allowed)
                .map(word -> "Did you mean " + word + "?")
                .orElseGet(() -> "Use one of " + String.join(", ", allowed) + ".");
    }

    // Damerau's distance with adjacent transpositions (optimal string alignment), in three rows.
    private static int errors(String left, String right) {
        int[] beforeLast = new int[right.length() + 1];
        int[] last = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int substitution = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(Math.min(current[column - 1], last[column]) + 1, last[column - 1] + substitution);
                if (row > 1
                        && column > 1
                        && left.charAt(row - 1) == right.charAt(column - 2)
                        && left.charAt(row - 2) == right.charAt(column - 1)) {
                    current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[right.length()];
    }
}
