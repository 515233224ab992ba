package io.godwit.core.plan;

/** Names and values as standard SQL, for conditions that a plan adds to those of its job. */
final class StandardSql {
    private StandardSql() {}

    /** A name as a quoted identifier. */
    static String identifier(String name) {
        refuseNul(name);
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * A value as a literal whose type the other side of the comparison decides. A backslash is a character as any
     * other, as the standard has it.
     */
    static String literal(String value) {
        refuseNul(value);
        return "'" + value.replace("'", "''") + "'";
    }

    /** Both conditions; the line's end keeps a comment at the end of the first from swallowing the rest. */
    static String and(String first, String second) {
        return "(" + first + "\n) AND " + second;
    }

    private static void refuseNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("SQL text has no NUL in it");
        }
    }
}
