package io.godwit.core.job;

import java.util.regex.Pattern;

/**
 * Where a parameter's value goes, and what it may hold there. Values come from requests and from the names of tables;
 * the text around them is the job author's. A value must never change what the text around it means.
 */
public enum ParameterUse {
    /** A column's value, which no one parses: anything. */
    TEXT {
        @Override
        String refusal(String before, String value) {
            return "";
        }
    },
    /**
     * SQL. Between the author's quotes: anything but quotes, backslashes, semicolons, comment marks and control
     * characters. Elsewhere (and everywhere in SQL with backslashes, comments or dollar quotes, whose quoting is not
     * followed): a number.
     */
    SQL {
        @Override
        String refusal(String before, String value) {
            if (isQuoted(before)) {
                return BREAKS_OUT.matcher(value).find()
                        ? "in SQL it may hold no quote, backslash, semicolon, comment mark or control character"
                        : "";
            }
            boolean comment = before.endsWith("-") && value.startsWith("-");
            return NUMBER.matcher(value).matches() && !comment
                    ? ""
                    : "in SQL outside of quotes it must be a number; put quotes around the parameter";
        }
    },
    /** A table's or database's name: no quotes, dots, braces, slashes, wildcards or control characters. */
    NAME {
        @Override
        String refusal(String before, String value) {
            return value.isEmpty() || NOT_IN_NAMES.matcher(value).find()
                    ? "in a name it may not be empty, nor hold a quote, dot, brace, slash, wildcard or control character"
                    : "";
        }
    };

    private static final Pattern BREAKS_OUT = Pattern.compile("['\"`\\\\;\\p{Cntrl}]|--|/\\*|\\*/");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("['\"`.{}/\\\\*?\\p{Cntrl}]");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /**
     * Why a value may not stand here; empty where it may.
     *
     * @param before the text before it, resolved
     */
    abstract String refusal(String before, String value);

    private static boolean isQuoted(String before) {
        if (before.contains("\\") || before.contains("--") || before.contains("/*") || before.contains("$")) {
            return false;
        }
        char open = 0;
        for (int at = 0; at < before.length(); at++) {
            char letter = before.charAt(at);
            if (open == 0 && (letter == '\'' || letter == '"')) {
                open = letter;
            } else if (letter == open) {
                open = 0;
            }
        }
        return open != 0;
    }
}
