package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.OwnTables;
import io.godwit.connector.jdbc.sink.QuarantineTable;
import io.godwit.connector.jdbc.sink.SinkQuarantine;
import io.godwit.connector.jdbc.sink.SinkQuarantined;
import io.godwit.connector.jdbc.sink.SinkRuns;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sink's own tables, in the target's file, whose names begin with {@code godwit_}.
 *
 * <ul>
 *   <li>{@code godwit_run}: a row per step, kept for ever. Who reads it to write holds the file's write lock.
 *   <li>{@code godwit_ledger}: a row per subtask, inserted in the transaction that writes the subtask. No attempt: it
 *       is voided, and can never be written.
 *   <li>{@code godwit_quarantine}: rows that the target or the reader refused, as they lay on the wire: a COPY binary
 *       tuple of the columns, in the layouts of the types. One that a later run took up says which subtask of it did.
 *   <li>{@code godwit_target}: what a step loads, so that publishing and closing know what preparing did.
 * </ul>
 */
final class SqliteSinkSchema implements OwnTables {
    static final int VERSION = 1;

    /** The moment of a statement, to the millisecond. */
    static final String NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE godwit_run (step text NOT NULL PRIMARY KEY, "
                    + "state text NOT NULL CHECK (state IN ('open', 'published', 'failed', 'cancelled')), "
                    + "opened_at text NOT NULL DEFAULT (" + NOW + "), closed_at text, prepared_for text, "
                    + "prepared_statements text, prepared_notes text, published_statements text, published_notes text)",
            "CREATE TABLE godwit_ledger (subtask text NOT NULL PRIMARY KEY, step text NOT NULL, attempt text, "
                    + "written_rows integer NOT NULL, written_bytes integer NOT NULL, written_digest text NOT NULL, "
                    + "quarantined_rows integer NOT NULL, quarantined_bytes integer NOT NULL, "
                    + "quarantined_digest text NOT NULL, written_at text NOT NULL DEFAULT (" + NOW + "))",
            "CREATE INDEX godwit_ledger_step ON godwit_ledger (step)",
            "CREATE TABLE godwit_quarantine (id integer PRIMARY KEY AUTOINCREMENT, subtask text NOT NULL, "
                    + "table_name text NOT NULL, row_key text, code text NOT NULL, reason text NOT NULL, "
                    + "columns_ text NOT NULL, types text NOT NULL, row_ blob NOT NULL, "
                    + "at text NOT NULL DEFAULT (" + NOW + "), replayed_by text)",
            "CREATE INDEX godwit_quarantine_subtask ON godwit_quarantine (subtask)",
            "CREATE TABLE godwit_target (step text NOT NULL, table_name text NOT NULL, created integer NOT NULL, "
                    + "aside text, PRIMARY KEY (step, table_name))",
            "CREATE INDEX godwit_target_table ON godwit_target (table_name)",
            "CREATE TABLE godwit_version (version integer PRIMARY KEY)",
            "INSERT INTO godwit_version VALUES (" + VERSION + ")");

    /** Moments are texts. */
    private static final QuarantineTable QUARANTINE = new QuarantineTable() {
        @Override
        public Instant moment(ResultSet row, int column) throws SQLException {
            return Instant.parse(row.getString(column));
        }
    };

    /**
     * Makes the tables where they are missing, in the caller's transaction.
     *
     * @throws GodwitException NOT_SUPPORTED where a later Godwit made them
     */
    void install(JdbcSession session) throws SQLException {
        if (!areThere(session)) {
            for (String statement : TABLES) {
                session.run(statement);
            }
        }
        int version = session.one("SELECT max(version) FROM godwit_version", row -> row.getInt(1));
        if (version > VERSION) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "Godwit's tables in the target's file are of version " + version + ", this Godwit knows " + VERSION,
                    "Use the Godwit that made them, or a later one.");
        }
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets what the parameters' annotation is of, once compiled
    public boolean insert(JdbcSession session, String sql, @Nullable Object... values) throws SQLException {
        return session.change(sql + " ON CONFLICT DO NOTHING", values) == 1;
    }

    @Override
    public boolean areThere(JdbcSession session) throws SQLException {
        return session.first("SELECT 1 FROM sqlite_schema WHERE name = 'godwit_version'", row -> true)
                .isPresent();
    }

    @Override
    public SinkRuns runs(JdbcSession session) {
        return new SqliteSinkRuns(session);
    }

    @Override
    public SinkQuarantine quarantine(JdbcSession session, SinkTarget target) {
        return new SqliteSinkQuarantine(session, QUARANTINE, target);
    }

    @Override
    public SinkQuarantined quarantined(JdbcSession session) {
        return new SinkQuarantined(session, QUARANTINE);
    }
}
