package io.godwit.connector.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.jdbc.dialect.SqlWords;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;

/** Names in double quotes, in which no double quote can be; texts in single ones. */
final class OracleWords implements SqlWords {
    static final OracleWords WORDS = new OracleWords();

    private static final int MOST_BYTES = 128;

    private OracleWords() {}

    @Override
    public String identifier(String name) {
        SqlWords.require(name, MOST_BYTES);
        if (name.indexOf('"') >= 0 || name.getBytes(UTF_8).length > MOST_BYTES) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "a name that has a double quote in it, or more than " + MOST_BYTES + " bytes",
                    "Use another name.");
        }
        return "\"" + name + "\"";
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
