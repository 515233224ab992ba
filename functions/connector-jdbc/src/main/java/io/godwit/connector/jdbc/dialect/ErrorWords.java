package io.godwit.connector.jdbc.dialect;

import java.sql.SQLException;
import java.util.Set;

/**
 * What the server's codes mean. A word is a vendor's number, an SQLSTATE, or the two characters of an SQLSTATE's class.
 *
 * @param login the login, or the database of the login, was refused
 * @param tooMany no more connections are taken
 * @param missing there is no such table
 * @param denied the user may not
 * @param interrupted the same statement may succeed later with nothing changed
 * @param snapshotLost the state that was to be read is gone
 * @param ofRows a row is what is wrong
 * @param duplicate of those: another row has the key
 * @param exists what was to be made is there
 */
public record ErrorWords(
        Set<String> login,
        Set<String> tooMany,
        Set<String> missing,
        Set<String> denied,
        Set<String> interrupted,
        Set<String> snapshotLost,
        Set<String> ofRows,
        Set<String> duplicate,
        Set<String> exists) {
    public ErrorWords {
        login = Set.copyOf(login);
        tooMany = Set.copyOf(tooMany);
        missing = Set.copyOf(missing);
        denied = Set.copyOf(denied);
        interrupted = Set.copyOf(interrupted);
        snapshotLost = Set.copyOf(snapshotLost);
        ofRows = Set.copyOf(ofRows);
        duplicate = Set.copyOf(duplicate);
        exists = Set.copyOf(exists);
    }

    /** Whether one of the words is the error's. */
    static boolean has(Set<String> words, SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return words.contains(String.valueOf(error.getErrorCode()))
                || words.contains(state)
                || (state.length() > 2 && words.contains(state.substring(0, 2)));
    }
}
