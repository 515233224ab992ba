package io.godwit.connector.postgresql;

import static io.godwit.core.error.ErrorCode.JOB_FILE_INVALID;

import io.godwit.core.error.GodwitException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code where} that a user wrote, put into parentheses that it cannot leave: what it says is one condition, and
 * never ends the statement around it.
 */
final class Condition {
    private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

    private final String text;
    private int at;
    private int depth;

    private Condition(String text) {
        this.text = text;
    }

    /**
     * The condition in parentheses.
     *
     * @throws GodwitException JOB_FILE_INVALID where quotes, comments or parentheses do not pair, or where a semicolon
     *     stands
     */
    static String of(String where) {
        new Condition(where).check();
        return "(" + where + "\n)"; // the line's end ends a comment
    }

    private void check() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                skipQuoted('\'', isEscapeString());
            } else if (c == '"') {
                skipQuoted('"', false);
            } else if (c == '$' && !isWord(at - 1)) {
                skipDollarQuoted();
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else {
                count(c);
                at++;
            }
        }
        if (depth != 0) {
            throw refused("a parenthesis is not closed");
        }
    }

    private void count(char c) {
        if (c == '(' || c == '[') {
            depth++;
        } else if (c == ')' || c == ']') {
            depth--;
        }
        if (depth < 0) {
            throw refused("a parenthesis is closed that was not opened");
        }
        if (c == ';' || c == '\0') {
            throw refused("it is one condition, without semicolons");
        }
    }

    /** {@code E'...'}, but not {@code name'...'}. */
    private boolean isEscapeString() {
        return at > 0 && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e') && !isWord(at - 2);
    }

    private void skipQuoted(char quote, boolean backslashes) {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (backslashes && c == '\\') {
                at++;
            } else if (c == quote) {
                at++; // a doubled quote opens again at once
                return;
            }
        }
        throw refused("a quote is not closed");
    }

    private void skipDollarQuoted() {
        Matcher opening = DOLLAR_QUOTE.matcher(text).region(at, text.length());
        if (!opening.lookingAt()) {
            at++;
            return;
        }
        int end = text.indexOf(opening.group(), opening.end());
        if (end < 0) {
            throw refused("a dollar quote is not closed");
        }
        at = end + opening.group().length();
    }

    /** Comments nest. */
    private void skipComment() {
        int open = 0;
        do {
            if (text.startsWith("/*", at)) {
                open++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                open--;
                at += 2;
            } else if (at < text.length()) {
                at++;
            } else {
                throw refused("a comment is not closed");
            }
        } while (open > 0);
    }

    private boolean isWord(int index) {
        return index >= 0
                && (Character.isLetterOrDigit(text.charAt(index))
                        || text.charAt(index) == '_'
                        || text.charAt(index) == '$');
    }

    private static GodwitException refused(String why) {
        return new GodwitException(
                JOB_FILE_INVALID,
                "where: " + why,
                "Write one SQL condition on the source's columns, such as created_at < '2026-01-01'.");
    }
}
