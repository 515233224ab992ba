package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's definition as SQLite keeps it: the statement that made it, from the table's name on as it was written, and
 * those that made its indexes and triggers.
 */
record SqliteDefinition(String table, List<String> others) {
    private static final Pattern NAME = Pattern.compile(
            "CREATE TABLE\\s*(\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\\[[^]]*]|'(?:[^']|'')*'|[^\\s(]+)",
            Pattern.CASE_INSENSITIVE);

    static SqliteDefinition of(JdbcSession session, TableName name) throws SQLException {
        return new SqliteDefinition(
                session.one(
                        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?",
                        row -> row.getString(1),
                        name.name()),
                session.list(
                        "SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND tbl_name = ? "
                                + "AND sql IS NOT NULL ORDER BY type, name",
                        row -> row.getString(1),
                        name.name()));
    }

    /** The statement that makes a table like it under another name. */
    String under(TableName name) {
        Matcher matcher = NAME.matcher(table);
        if (!matcher.lookingAt()) {
            throw new GodwitException(ErrorCode.DEFECT, "a definition that does not begin with a table's name", "");
        }
        return "CREATE TABLE " + Quoting.table(name) + table.substring(matcher.end());
    }
}
