package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the references of tables that were loaded, and those to tables whose rows were replaced: rows came without
 * SQLite's own check, as no order of tables suits a cycle.
 */
final class SqliteSinkReferences {
    private final JdbcSession session;

    SqliteSinkReferences(JdbcSession session) {
        this.session = session;
    }

    /** @throws GodwitException ROW_REFUSED naming both tables */
    void check(List<SinkTarget> targets) throws SQLException {
        Set<String> checked = new TreeSet<>();
        Set<String> replaced = new TreeSet<>();
        for (SinkTarget target : targets) {
            checked.add(target.name().name());
            if (target.mode().loadsAside()) {
                replaced.add(target.name().name().toLowerCase(Locale.ROOT));
            }
        }
        session.list(
                "SELECT t.name, lower(f.\"table\") FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f "
                        + "WHERE t.schema = 'main' AND t.type = 'table'",
                row -> replaced.contains(row.getString(2)) && checked.add(row.getString(1)));
        for (String table : checked) {
            List<String> missing = session.list(
                    "SELECT parent FROM pragma_foreign_key_check(?) LIMIT 1", row -> row.getString(1), table);
            if (!missing.isEmpty()) {
                throw new GodwitException(
                        ErrorCode.ROW_REFUSED,
                        table + ": rows refer to rows that " + missing.get(0) + " does not have",
                        "Load both tables, mend the rows, or drop the foreign key; then retry the run.");
            }
        }
    }
}
