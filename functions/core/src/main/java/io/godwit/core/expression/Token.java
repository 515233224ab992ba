package io.godwit.core.expression;

/**
 * A word of an expression.
 *
 * @param text without quotes, their doubling undone
 * @param at where it begins, from 0
 * @param end after its last character
 */
record Token(Kind kind, String text, int at, int end) {
    enum Kind {
        /** A keyword, a function or a column. */
        NAME,
        /** A column in double quotes. */
        QUOTED,
        TEXT,
        NUMBER,
        SYMBOL,
        END
    }

    boolean is(String word) {
        return (kind == Kind.NAME || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }
}
