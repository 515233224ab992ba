package io.godwit.connector.http;

import io.godwit.core.type.LogicalType;

/** Cuts the option that names tables. */
final class Words {
    private final String text;
    private int at;

    Words(String text) {
        this.text = text;
    }

    /** A name, in quotes or up to one of the characters that end it. */
    String name(String ends) {
        skipBlanks();
        String name = at < text.length() && text.charAt(at) == '"' ? quoted() : until(ends);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name is empty");
        }
        return name;
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) == '"') {
                at++;
                if (at == text.length() || text.charAt(at) != '"') {
                    return name.toString();
                }
            }
            name.append(text.charAt(at));
        }
        throw new IllegalArgumentException("a double quote is not closed");
    }

    private String until(String ends) {
        int begin = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at).strip();
    }

    /** A type's notation, up to the comma or bracket that is not its own. */
    LogicalType type() {
        skipBlanks();
        int begin = at;
        int depth = 0;
        for (; at < text.length(); at++) {
            char next = text.charAt(at);
            if (depth == 0 && (next == ',' || next == ')')) {
                break;
            }
            depth += next == '(' ? 1 : next == ')' ? -1 : 0;
        }
        return LogicalType.parse(text.substring(begin, at).strip());
    }

    boolean takes(char wanted) {
        skipBlanks();
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    void requireEnd() {
        skipBlanks();
        if (at < text.length()) {
            throw new IllegalArgumentException("it goes on after a table with " + text.charAt(at));
        }
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
