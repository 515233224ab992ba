package io.godwit.core.expression;

import io.godwit.core.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** An expression's words. */
final class Lexer {
    private static final List<String> LONG_SYMBOLS = List.of("||", "<>", "!=", "<=", ">=");
    private static final String SYMBOLS = "(),+-*/=<>[].";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** The words, the last of kind END. */
    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.skipBlanks()) {
            lexer.next();
        }
        lexer.add(Kind.END, "", text.length());
        return lexer.tokens;
    }

    private boolean skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private void next() {
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            quoted(first);
        } else if (isDigit(at) || (first == '.' && isDigit(at + 1))) {
            number();
        } else if (Character.isLetter(first) || first == '_') {
            name();
        } else {
            symbol();
        }
    }

    private void quoted(char quote) {
        StringBuilder value = new StringBuilder();
        int end = at + 1;
        while (true) {
            int close = text.indexOf(quote, end);
            if (close < 0) {
                throw Problem.at(text, at, "a quote that is not closed", "Close it; a quote within is written twice.");
            }
            value.append(text, end, close);
            end = close + 1;
            if (end >= text.length() || text.charAt(end) != quote) {
                break;
            }
            value.append(quote);
            end++;
        }
        add(quote == '"' ? Kind.QUOTED : Kind.TEXT, value.toString(), end);
    }

    private void number() {
        int end = digits(at);
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(end + 1);
        }
        if (end < text.length() && Character.isLetter(text.charAt(end))) {
            throw Problem.at(text, end, "a letter within a number", "Put a blank between them.");
        }
        add(Kind.NUMBER, text.substring(at, end), end);
    }

    private int digits(int from) {
        int end = from;
        while (isDigit(end)) {
            end++;
        }
        return end;
    }

    private boolean isDigit(int place) {
        return place < text.length() && text.charAt(place) >= '0' && text.charAt(place) <= '9';
    }

    private void name() {
        int end = at;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || text.charAt(end) == '_'
                        || text.charAt(end) == '$')) {
            end++;
        }
        add(Kind.NAME, text.substring(at, end), end);
    }

    private void symbol() {
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                add(Kind.SYMBOL, symbol, at + symbol.length());
                return;
            }
        }
        if (SYMBOLS.indexOf(text.charAt(at)) < 0) {
            throw Problem.at(
                    text,
                    at,
                    "the character " + Character.toString(text.codePointAt(at)) + " means nothing here",
                    "Write text in 'single' and such column names in \"double\" quotes.");
        }
        add(Kind.SYMBOL, text.substring(at, at + 1), at + 1);
    }

    private void add(Kind kind, String value, int end) {
        tokens.add(new Token(kind, value, at, end));
        at = end;
    }
}
