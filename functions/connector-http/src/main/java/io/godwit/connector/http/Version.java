package io.godwit.connector.http;

import org.jspecify.annotations.Nullable;

/**
 * What a plan knows of a table by which a change of it is told.
 *
 * @param total how many rows there are; null: nobody says
 * @param tag of its one answer's content; null: it has none
 */
record Version(@Nullable Long total, @Nullable String tag) {
    static final Version UNKNOWN = new Version(null, null);

    private static final String ROWS = " rows";

    /** @throws IllegalArgumentException where the text is none */
    static Version parse(String text) {
        if (text.endsWith(ROWS) && text.matches("[0-9]{1,18} rows")) {
            return new Version(Long.parseLong(text.substring(0, text.length() - ROWS.length())), null);
        }
        return new Version(null, text);
    }

    boolean isKnown() {
        return total != null || tag != null;
    }

    @Override
    public String toString() {
        return total == null ? String.valueOf(tag) : total + ROWS;
    }
}
