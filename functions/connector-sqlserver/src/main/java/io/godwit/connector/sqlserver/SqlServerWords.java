package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.dialect.SqlWords;

/** Names in brackets, texts as Unicode. */
final class SqlServerWords implements SqlWords {
    static final SqlServerWords WORDS = new SqlServerWords();

    private static final int MOST = 128;

    private SqlServerWords() {}

    @Override
    public String identifier(String name) {
        SqlWords.require(name, MOST);
        return "[" + name.replace("]", "]]") + "]";
    }

    @Override
    public String literal(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    @Override
    public String first(String fields, String rest, long rows) {
        return "SELECT TOP (" + rows + ") " + fields + " " + rest;
    }
}
