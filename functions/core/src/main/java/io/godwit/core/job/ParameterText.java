package io.godwit.core.job;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with {@code ${expressions}} in it. A second dollar sign before an expression makes it plain text with one dollar
 * sign. An expression ends at the next closing brace.
 */
final class ParameterText {
    private ParameterText() {}

    /** Literal text, or what stands between the braces. */
    record Piece(String text, boolean expression) {}

    /**
     * The pieces, in order.
     *
     * @throws IllegalArgumentException where a brace is not closed
     */
    static List<Piece> cut(String text) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                literal.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException("${ without its }");
                }
                if (literal.length() > 0) {
                    pieces.add(new Piece(literal.toString(), false));
                    literal.setLength(0);
                }
                pieces.add(new Piece(text.substring(at + 2, end), true));
                at = end + 1;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        if (literal.length() > 0) {
            pieces.add(new Piece(literal.toString(), false));
        }
        return pieces;
    }
}
