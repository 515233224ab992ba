package io.godwit.core.job;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a dotted name at its dots, those between double quotes apart. Within quotes every character stands for itself,
 * and {@code ""} for a quote: {@code public."a.b"} has the parts {@code public} and {@code a.b}.
 */
final class NameParts {
    private NameParts() {}

    /** A character of a name, and whether it was quoted. */
    record Letter(int codePoint, boolean quoted) {
        boolean is(char wanted) {
            return !quoted && codePoint == wanted;
        }
    }

    /**
     * The parts, each as its characters.
     *
     * @throws IllegalArgumentException where a quote is not closed, or a part is empty
     */
    static List<List<Letter>> cut(String text) {
        List<List<Letter>> parts = new ArrayList<>();
        List<Letter> part = new ArrayList<>();
        boolean quoted = false;
        int[] letters = text.codePoints().toArray();
        for (int at = 0; at < letters.length; at++) {
            int letter = letters[at];
            if (letter == '"' && quoted && at + 1 < letters.length && letters[at + 1] == '"') {
                part.add(new Letter('"', true));
                at++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == '.' && !quoted) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(new Letter(letter, quoted));
            }
        }
        parts.add(part);
        if (quoted) {
            throw new IllegalArgumentException("a double quote is not closed");
        }
        if (parts.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a part of the name is empty");
        }
        return parts;
    }
}
