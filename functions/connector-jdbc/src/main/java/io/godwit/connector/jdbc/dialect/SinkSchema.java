package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.dialect.SinkWords.OwnTypes;
import io.godwit.connector.jdbc.sink.OwnTables;
import io.godwit.connector.jdbc.sink.SinkQuarantine;
import io.godwit.connector.jdbc.sink.SinkQuarantined;
import io.godwit.connector.jdbc.sink.SinkRuns;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sink's own tables, in the default schema of the connection's user, whose names begin with {@code godwit_}.
 *
 * <ul>
 *   <li>{@code godwit_run}: a row per step, kept for ever.
 *   <li>{@code godwit_lane}: {@link LanedRuns} says what its rows are locked for.
 *   <li>{@code godwit_ledger}: a row per subtask, inserted in the transaction that writes the subtask.
 *   <li>{@code godwit_quarantine}: rows that the target or the reader refused, as they lay on the wire.
 *   <li>{@code godwit_target}: what a step loads, so that publishing and closing know what preparing did.
 *   <li>{@code godwit_guard}: always empty; who prepares, publishes or closes a step holds an uncommitted row in it.
 * </ul>
 */
final class SinkSchema implements OwnTables {
    static final int VERSION = 1;

    private final Dialect dialect;
    private final DialectErrors errors;

    SinkSchema(Dialect dialect, DialectErrors errors) {
        this.dialect = dialect;
        this.errors = errors;
    }

    /** The statements, in order; the version's row comes after them. */
    static List<String> statements(OwnTypes own) {
        String now = own.moment() + " DEFAULT " + own.now() + " NOT NULL";
        return List.of(
                "CREATE TABLE godwit_run (step " + own.id() + " NOT NULL PRIMARY KEY, state " + own.word()
                        + " NOT NULL, opened_at " + now + ", closed_at " + own.moment() + " NULL, prepared_for "
                        + own.word() + " NULL, prepared_statements " + own.text() + " NULL, prepared_notes "
                        + own.text() + " NULL, published_statements " + own.text() + " NULL, published_notes "
                        + own.text() + " NULL)",
                "CREATE TABLE godwit_lane (step " + own.id() + " NOT NULL, lane " + own.whole() + " NOT NULL, taken "
                        + own.whole() + " NOT NULL, PRIMARY KEY (step, lane))",
                "CREATE TABLE godwit_ledger (subtask " + own.id() + " NOT NULL PRIMARY KEY, step " + own.id()
                        + " NOT NULL, attempt " + own.word() + " NULL, written_rows " + own.whole()
                        + " NOT NULL, written_bytes " + own.whole() + " NOT NULL, written_digest " + own.word()
                        + " NOT NULL, quarantined_rows " + own.whole() + " NOT NULL, quarantined_bytes " + own.whole()
                        + " NOT NULL, quarantined_digest " + own.word() + " NOT NULL, written_at " + now + ")",
                "CREATE INDEX godwit_ledger_step ON godwit_ledger (step)",
                "CREATE TABLE godwit_quarantine (id " + own.numbered() + " NOT NULL PRIMARY KEY, subtask " + own.id()
                        + " NOT NULL, table_name " + own.text() + " NOT NULL, row_key " + own.text() + " NULL, code "
                        + own.word() + " NOT NULL, reason " + own.text() + " NOT NULL, columns_ " + own.text()
                        + " NULL, types " + own.text() + " NULL, row_ " + own.bytes() + " NOT NULL, row_bytes "
                        + own.whole() + " NOT NULL, refused_at " + now + ", replayed_by " + own.id() + " NULL)",
                "CREATE INDEX godwit_quarantine_subtask ON godwit_quarantine (subtask)",
                "CREATE TABLE godwit_target (step " + own.id() + " NOT NULL, ordinal " + own.whole()
                        + " NOT NULL, table_name " + own.word() + " NOT NULL, created " + own.whole()
                        + " NOT NULL, aside " + own.word() + " NULL, PRIMARY KEY (step, ordinal))",
                "CREATE INDEX godwit_target_table ON godwit_target (table_name)",
                "CREATE TABLE godwit_guard (step " + own.id() + " NOT NULL PRIMARY KEY)",
                "CREATE TABLE godwit_version (version " + own.whole() + " NOT NULL PRIMARY KEY)");
    }

    /**
     * Makes the tables where they are missing, and commits. Safe to be asked by many at once.
     *
     * @throws GodwitException NOT_SUPPORTED where a later Godwit made them
     */
    void install(JdbcSession session) throws SQLException {
        if (!areThere(session)) {
            for (String statement : statements(dialect.sink().own())) {
                define(session, statement);
            }
            define(session, "INSERT INTO godwit_version (version) VALUES (" + VERSION + ")");
        }
        int version = session.one("SELECT max(version) FROM godwit_version", row -> row.getInt(1));
        session.commit();
        if (version > VERSION) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "Godwit's tables in the target database are of version " + version + ", this Godwit knows "
                            + VERSION,
                    "Use the Godwit that made them, or a later one.");
        }
    }

    /** What another has made meanwhile, or before an interruption, is there. */
    private void define(JdbcSession session, String statement) throws SQLException {
        try {
            session.run(statement);
            session.commit();
        } catch (SQLException e) {
            session.rollbackQuietly();
            if (!errors.isThere(e) && !errors.isDuplicate(e)) {
                throw e;
            }
        }
    }

    /** A statement that is refused ends the transaction, or would: back to before it. */
    @Override
    public boolean insert(JdbcSession session, String sql, @Nullable Object... values) throws SQLException {
        Savepoint before = session.jdbc().setSavepoint("claim");
        try {
            return session.change(sql, values) == 1;
        } catch (SQLException e) {
            if (!errors.isDuplicate(e)) {
                throw e;
            }
            session.jdbc().rollback(before);
            return false;
        }
    }

    /** Whether the last of the tables is there, with its row. */
    @Override
    public boolean areThere(JdbcSession session) throws SQLException {
        try {
            return session.one("SELECT count(*) FROM godwit_version", row -> row.getInt(1)) > 0;
        } catch (SQLException e) {
            if (!errors.isMissing(e)) {
                throw e;
            }
            session.rollbackQuietly();
            return false;
        }
    }

    @Override
    public SinkRuns runs(JdbcSession session) {
        return new LanedRuns(session, dialect);
    }

    @Override
    public SinkQuarantine quarantine(JdbcSession session, SinkTarget target) {
        return new DialectQuarantine(session, errors, target);
    }

    @Override
    public SinkQuarantined quarantined(JdbcSession session) {
        return new SinkQuarantined(session, DialectQuarantine.TABLE);
    }
}
