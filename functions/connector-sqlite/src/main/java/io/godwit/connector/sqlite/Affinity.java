package io.godwit.connector.sqlite;

import java.util.Locale;

/**
 * What SQLite prefers to make of values in a column, by the words in its declared type
 * ({@code https://sqlite.org/datatype3.html}, 3.1).
 */
enum Affinity {
    INTEGER,
    TEXT,
    /** As it comes. */
    BLOB,
    REAL,
    NUMERIC;

    static Affinity of(String declared) {
        String type = declared.toLowerCase(Locale.ROOT);
        if (type.contains("int")) {
            return INTEGER;
        }
        if (type.contains("char") || type.contains("clob") || type.contains("text")) {
            return TEXT;
        }
        // ANY is as it comes in strict tables, and there alone; elsewhere numbers in texts become numbers.
        if (type.isEmpty() || type.contains("blob")) {
            return BLOB;
        }
        return type.contains("real") || type.contains("floa") || type.contains("doub") ? REAL : NUMERIC;
    }

    /** Whether a text that reads as a number becomes that number, and a number may lose its form. */
    boolean isNumeric() {
        return this != TEXT && this != BLOB;
    }
}
