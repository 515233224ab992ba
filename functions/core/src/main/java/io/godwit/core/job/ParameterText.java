package io.godwit.core.job;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with {@code ${expressions}} in it, and {@code #{expressions}} as older services have them. A second sign before
 * an expression makes it plain text with one sign. An expression ends at the next closing brace.
 */
final class ParameterText {
    private ParameterText() {}

    /**
     * Literal text, or what stands between the braces.
     *
     * @param sign before the braces; empty of literal text
     */
    record Piece(String text, String sign) {
        boolean isExpression() {
            return !sign.isEmpty();
        }

        /** As the author wrote it. */
        String written() {
            return isExpression() ? sign + "{" + text + "}" : text;
        }
    }

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
            String sign = text.substring(at, at + 1);
            boolean marks = sign.equals("$") || sign.equals("#");
            if (marks && text.startsWith(sign + sign + "{", at)) {
                literal.append(sign).append('{');
                at += 3;
            } else if (marks && text.startsWith(sign + "{", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException(sign + "{ without its }");
                }
                if (literal.length() > 0) {
                    pieces.add(new Piece(literal.toString(), ""));
                    literal.setLength(0);
                }
                pieces.add(new Piece(text.substring(at + 2, end), sign));
                at = end + 1;
            } else {
                literal.append(sign);
                at++;
            }
        }
        if (literal.length() > 0) {
            pieces.add(new Piece(literal.toString(), ""));
        }
        return pieces;
    }
}
