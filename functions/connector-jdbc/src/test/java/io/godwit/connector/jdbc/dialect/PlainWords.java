package io.godwit.connector.jdbc.dialect;

final class PlainWords implements SqlWords {

    @Override
    public String identifier(String name) {
        SqlWords.require(name, 63);
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public String first(String fields, String rest, long rows) {
        return "SELECT " + fields + " " + rest + " FETCH FIRST " + rows + " ROWS ONLY";
    }
}
