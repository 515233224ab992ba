package io.godwit.connector.postgresql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Looks into clauses that PostgreSQL printed, minding quotes: which names they hold, and where their parts lie. It
 * knows no grammar; whoever asks takes a name too many for a reason to leave a clause out.
 */
final class PostgresSinkClauses {

    /** A word or a quoted identifier ({@code quoted}), or one other character, with its place. */
    private record Token(String text, boolean quoted, int start, int end) {}

    private PostgresSinkClauses() {}

    /** Every name in the clause: columns, functions, types and keywords alike, as the database stores names. */
    static Set<String> names(String clause) {
        Set<String> names = new HashSet<>();
        for (Token token : tokens(clause)) {
            names.add(token.text());
        }
        return names;
    }

    /** What follows the list of referenced columns in a FOREIGN KEY clause: actions, deferrability. */
    static String afterReferences(String foreignKey) {
        boolean references = false;
        int depth = 0;
        for (Token token : tokens(foreignKey)) {
            if (depth == 0 && !token.quoted() && token.text().equals("references")) {
                references = true;
            }
            if (!token.quoted() && token.text().equals("(")) {
                depth++;
            }
            if (!token.quoted() && token.text().equals(")") && --depth == 0 && references) {
                return foreignKey.substring(token.end());
            }
        }
        return "";
    }

    private static List<Token> tokens(String clause) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < clause.length()) {
            char c = clause.charAt(at);
            if (c == '"') {
                int end = closing(clause, at, '"');
                tokens.add(new Token(clause.substring(at + 1, end - 1).replace("\"\"", "\""), true, at, end));
                at = end;
            } else if (c == '\'') {
                at = string(clause, at);
            } else if (isWord(c)) {
                int end = at;
                while (end < clause.length() && isWord(clause.charAt(end))) {
                    end++;
                }
                tokens.add(new Token(clause.substring(at, end).toLowerCase(Locale.ROOT), false, at, end));
                at = end;
            } else {
                tokens.add(new Token(String.valueOf(c), false, at, at + 1));
                at++;
            }
        }
        return tokens;
    }

    private static boolean isWord(char c) {
        return c == '_' || c == '$' || Character.isLetterOrDigit(c) || c >= 0x80;
    }

    /** PostgreSQL prints backslashes only in strings that begin with E. */
    private static int string(String clause, int start) {
        boolean escapes = start > 0 && (clause.charAt(start - 1) == 'E' || clause.charAt(start - 1) == 'e');
        int at = start + 1;
        while (at < clause.length()) {
            char c = clause.charAt(at);
            if (escapes && c == '\\') {
                at += 2;
            } else if (c == '\'' && at + 1 < clause.length() && clause.charAt(at + 1) == '\'') {
                at += 2;
            } else if (c == '\'') {
                return at + 1;
            } else {
                at++;
            }
        }
        return clause.length();
    }

    private static int closing(String clause, int start, char quote) {
        int at = start + 1;
        while (at < clause.length()) {
            if (clause.charAt(at) != quote) {
                at++;
            } else if (at + 1 < clause.length() && clause.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return clause.length() + 1;
    }
}
