package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.OwnTables;
import io.godwit.connector.jdbc.sink.QuarantineTable;
import io.godwit.connector.jdbc.sink.SinkQuarantine;
import io.godwit.connector.jdbc.sink.SinkQuarantined;
import io.godwit.connector.jdbc.sink.SinkRuns;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sink's own tables, in the target's database, whose names begin with {@code godwit_}.
 *
 * <ul>
 *   <li>{@code godwit_run}: a row per step, kept for ever; its lock orders writers, publishers and closers.
 *   <li>{@code godwit_ledger}: a row per subtask, inserted in the transaction that writes the subtask.
 *   <li>{@code godwit_quarantine}: rows that the target refused, as they lay on the wire.
 *   <li>{@code godwit_target}: what a step loads, so that publishing and closing know what preparing did.
 * </ul>
 */
final class MySqlSinkSchema implements OwnTables {
    static final int VERSION = 2;

    private static final String ID = "varchar(400) CHARACTER SET ascii COLLATE ascii_bin";
    private static final String INNODB = " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS godwit_run (step " + ID + " PRIMARY KEY, "
                    + "state varchar(16) NOT NULL COMMENT 'open, published, failed or cancelled', "
                    + "opened_at datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), closed_at datetime(6) NULL, "
                    + "prepared_for varchar(32) NULL, prepared_statements longtext NULL, prepared_notes longtext NULL, "
                    + "published_statements longtext NULL, published_notes longtext NULL)" + INNODB
                    + " COMMENT = 'Godwit: runs. Needed while a run is under way.'",
            "CREATE TABLE IF NOT EXISTS godwit_ledger (subtask " + ID + " PRIMARY KEY, step " + ID + " NOT NULL, "
                    + "attempt varchar(64) NULL COMMENT 'NULL: voided, can never be written', "
                    + "written_rows bigint NOT NULL, written_bytes bigint NOT NULL, written_digest varchar(32) NOT NULL, "
                    + "quarantined_rows bigint NOT NULL, quarantined_bytes bigint NOT NULL, "
                    + "quarantined_digest varchar(32) NOT NULL, "
                    + "written_at datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), KEY (step))" + INNODB,
            "CREATE TABLE IF NOT EXISTS godwit_quarantine (id bigint AUTO_INCREMENT PRIMARY KEY, subtask " + ID
                    + " NOT NULL, table_name varchar(64) NOT NULL, row_key text NULL, code int NOT NULL, "
                    + "reason text NOT NULL, columns_ longtext NOT NULL, types longtext NOT NULL, "
                    + "row_ longblob NOT NULL COMMENT 'a COPY binary tuple of the columns, in the layouts of the types', "
                    + "at datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), replayed_by " + ID
                    + " NULL, KEY (subtask))"
                    + INNODB,
            "CREATE TABLE IF NOT EXISTS godwit_target (step " + ID + ", table_name varchar(64), created bool NOT NULL, "
                    + "aside varchar(64) NULL, PRIMARY KEY (step, table_name), KEY (table_name))" + INNODB,
            "CREATE TABLE IF NOT EXISTS godwit_version (version int PRIMARY KEY)" + INNODB);

    private static final QuarantineTable QUARANTINE = new QuarantineTable();

    private static final int MISSING = 1146;
    private static final int DUPLICATE_COLUMN = 1060;

    /**
     * Makes the tables where they are missing, and commits. Safe to be asked by many at once.
     *
     * @throws GodwitException NOT_SUPPORTED where a later Godwit made them
     */
    void install(JdbcSession session) throws SQLException {
        if (!areThere(session)) {
            for (String statement : TABLES) {
                session.run(statement);
            }
            session.change("INSERT IGNORE INTO godwit_version VALUES (?)", VERSION);
            session.commit();
        }
        int version = version(session);
        if (version == 1) {
            if (!hasReplayedBy(session)) {
                addReplayedBy(session);
            }
            session.change("INSERT IGNORE INTO godwit_version VALUES (?)", VERSION);
            version = version(session);
        }
        session.commit();
        if (version > VERSION) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "Godwit's tables in the target database are of version " + version + ", this Godwit knows "
                            + VERSION,
                    "Use the Godwit that made them, or a later one.");
        }
    }

    private static boolean hasReplayedBy(JdbcSession session) throws SQLException {
        return session.one(
                "SELECT count(*) FROM information_schema.columns WHERE table_schema = database() "
                        + "AND table_name = 'godwit_quarantine' AND column_name = 'replayed_by'",
                row -> row.getInt(1) > 0);
    }

    /** Two who do it at once do it once. MariaDB alone knows ADD COLUMN IF NOT EXISTS. */
    static void addReplayedBy(JdbcSession session) throws SQLException {
        try {
            session.run("ALTER TABLE godwit_quarantine ADD COLUMN replayed_by " + ID + " NULL");
        } catch (SQLException e) {
            if (e.getErrorCode() != DUPLICATE_COLUMN) {
                throw e;
            }
        }
    }

    private static int version(JdbcSession session) throws SQLException {
        return session.one("SELECT max(version) FROM godwit_version", row -> row.getInt(1));
    }

    /** InnoDB undoes the statement that is refused, and no more. */
    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets what the parameters' annotation is of, once compiled
    public boolean insert(JdbcSession session, String sql, @Nullable Object... values) throws SQLException {
        try {
            return session.change(sql, values) == 1;
        } catch (SQLException e) {
            if (e.getErrorCode() == MySqlErrors.DUPLICATE) {
                return false;
            }
            throw e;
        }
    }

    /** Whether the last of the tables is there, with its row. */
    @Override
    public boolean areThere(JdbcSession session) throws SQLException {
        try {
            return session.one("SELECT count(*) FROM godwit_version", row -> row.getInt(1)) > 0;
        } catch (SQLException e) {
            if (e.getErrorCode() == MISSING) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public SinkRuns runs(JdbcSession session) {
        return new MySqlSinkRuns(session);
    }

    @Override
    public SinkQuarantine quarantine(JdbcSession session, SinkTarget target) {
        return new MySqlSinkQuarantine(session, QUARANTINE, target);
    }

    @Override
    public SinkQuarantined quarantined(JdbcSession session) {
        return new SinkQuarantined(session, QUARANTINE);
    }
}
