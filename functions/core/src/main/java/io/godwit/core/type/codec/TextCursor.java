package io.godwit.core.type.codec;

/** Walks over the text of a composite value. Whatever is not as expected is an InvalidValueException. */
final class TextCursor {
    private final String text;
    private final String what;
    private int at;

    /** @param what what the text should be, for the error */
    TextCursor(String text, String what) {
        this.text = text;
        this.what = what;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The next character, a zero one at the end. */
    char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    char next() {
        if (atEnd()) {
            throw malformed();
        }
        return text.charAt(at++);
    }

    /** Whether the character is the next, which is then behind. */
    boolean skip(char wanted) {
        if (!atEnd() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char wanted) {
        if (!skip(wanted)) {
            throw malformed();
        }
    }

    void expectEnd() {
        blanks();
        if (!atEnd()) {
            throw malformed();
        }
    }

    TextCursor blanks() {
        while (!atEnd() && isBlank(text.charAt(at))) {
            at++;
        }
        return this;
    }

    /** A run of digits as a number, with a sign where {@code signed}. */
    int number(boolean signed) {
        int from = at;
        if (signed && (peek() == '-' || peek() == '+')) {
            at++;
        }
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return (int) NumberCodecs.whole(text.substring(from, at), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /**
     * Adds text to the quotation mark that ends it, which began before. A doubled one stands for itself, and so does
     * what follows a backslash.
     */
    StringBuilder quoted(char mark, StringBuilder into) {
        while (true) {
            char c = next();
            if (c == '\\') {
                into.append(next());
            } else if (c != mark) {
                into.append(c);
            } else if (skip(mark)) {
                into.append(mark);
            } else {
                return into;
            }
        }
    }

    InvalidValueException malformed() {
        return new InvalidValueException("not " + what);
    }

    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Whether one of the characters, or a blank, is in the text. */
    static boolean hasAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (isBlank(text.charAt(i)) || characters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
