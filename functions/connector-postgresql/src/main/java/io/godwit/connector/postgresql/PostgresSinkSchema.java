package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.util.List;

/**
 * The sink's own tables: schema {@code godwit} of the target's database.
 *
 * <ul>
 *   <li>{@code run}: a row per step, kept for ever; its lock orders writers, publishers and closers.
 *   <li>{@code ledger}: a row per subtask, inserted in the transaction that writes the subtask.
 *   <li>{@code quarantine}: rows that the target or the reader refused, as they lay on the wire.
 *   <li>{@code target}: what a step loads, so that publishing and closing know what preparing did.
 *   <li>{@code foreign_key}, {@code foreign_key_step}: constraints taken off while tables load, and for whom.
 * </ul>
 */
final class PostgresSinkSchema {
    static final int VERSION = 3;

    /** One installer at a time; any number that nobody else uses. */
    private static final long INSTALL_LOCK = 0x676f64776974L;

    private static final List<String> TABLES = List.of(
            "CREATE SCHEMA IF NOT EXISTS godwit",
            "COMMENT ON SCHEMA godwit IS 'Godwit: runs and their ledger. Needed while a run is under way.'",
            "CREATE TABLE godwit.version (version int4 NOT NULL)",
            """
            CREATE TABLE godwit.run (
              step text COLLATE "C" PRIMARY KEY,
              state text NOT NULL CHECK (state IN ('open', 'published', 'failed', 'cancelled')),
              opened_at timestamptz NOT NULL DEFAULT now(),
              closed_at timestamptz,
              prepared_for text NOT NULL,
              prepared_statements text[] NOT NULL,
              prepared_notes text[] NOT NULL,
              published_statements text[],
              published_notes text[])""",
            """
            CREATE TABLE godwit.ledger (
              subtask text COLLATE "C" PRIMARY KEY,
              step text COLLATE "C" NOT NULL,
              attempt text,
              rows int8 NOT NULL, bytes int8 NOT NULL, digest text NOT NULL,
              quarantined_rows int8 NOT NULL, quarantined_bytes int8 NOT NULL, quarantined_digest text NOT NULL,
              written_at timestamptz NOT NULL DEFAULT now())""",
            "COMMENT ON COLUMN godwit.ledger.attempt IS 'NULL: voided, can never be written'",
            """
            CREATE TABLE godwit.quarantine (
              id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              subtask text COLLATE "C" NOT NULL,
              table_schema text NOT NULL, table_name text NOT NULL,
              key text,
              sqlstate text NOT NULL, reason text NOT NULL,
              columns text[] NOT NULL, types text[] NOT NULL,
              row bytea NOT NULL,
              at timestamptz NOT NULL DEFAULT now(),
              replayed_by text)""",
            "COMMENT ON COLUMN godwit.quarantine.row IS 'a COPY binary tuple of the columns, in the layouts of the types'",
            "CREATE INDEX ON godwit.quarantine (subtask, id)",
            """
            CREATE TABLE godwit.target (
              step text COLLATE "C", table_schema text, table_name text,
              created int8,
              awaited_key text[],
              aside text,
              PRIMARY KEY (step, table_schema, table_name))""",
            "COMMENT ON COLUMN godwit.target.created IS "
                    + "'the oid of a table that Godwit created and has not given its indexes yet'",
            "COMMENT ON COLUMN godwit.target.awaited_key IS "
                    + "'the columns of the primary key that this table is to have once it is loaded'",
            "CREATE INDEX ON godwit.target (table_schema, table_name)",
            """
            CREATE TABLE godwit.foreign_key (
              table_schema text, table_name text, name text,
              references_schema text NOT NULL, references_name text NOT NULL,
              definition text NOT NULL,
              comment text,
              state text NOT NULL CHECK (state IN ('suspended', 'not valid')),
              PRIMARY KEY (table_schema, table_name, name))""",
            """
            CREATE TABLE godwit.foreign_key_step (
              step text COLLATE "C", table_schema text, table_name text, name text,
              active bool NOT NULL,
              PRIMARY KEY (step, table_schema, table_name, name))""",
            "INSERT INTO godwit.version VALUES (" + VERSION + ")");

    /** What makes tables of version 1 those of version 2. */
    private static final List<String> FROM_2 = List.of(
            "ALTER TABLE godwit.quarantine ADD COLUMN replayed_by text",
            "UPDATE godwit.version SET version = " + VERSION);

    private static final List<String> FROM_1 = List.of(
            "ALTER TABLE godwit.quarantine ADD COLUMN id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "CREATE INDEX ON godwit.quarantine (subtask, id)",
            "ALTER TABLE godwit.quarantine ADD COLUMN replayed_by text",
            "UPDATE godwit.version SET version = " + VERSION);

    private PostgresSinkSchema() {}

    /**
     * Whether the tables are there. Asked of the catalog's tables: {@code to_regclass} may answer from before another
     * installer's commit, since waiting for an advisory lock renews no session's caches.
     */
    static boolean isInstalled(PostgresSinkSession session) throws SQLException {
        return session.one(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                        + "WHERE n.nspname = 'godwit' AND c.relname = 'version')",
                row -> row.getBoolean(1));
    }

    /**
     * Makes the tables where they are missing, brings older ones up to date, and commits. Safe to be asked by many at
     * once.
     *
     * @throws GodwitException NOT_SUPPORTED where a later Godwit made them
     */
    static void install(PostgresSinkSession session) throws SQLException {
        if (!isInstalled(session) || version(session) < VERSION) {
            session.list("SELECT pg_catalog.pg_advisory_xact_lock(?)", row -> true, INSTALL_LOCK);
            List<String> missing = !isInstalled(session) ? TABLES : version(session) == 1 ? FROM_1 : FROM_2;
            if (!isInstalled(session) || version(session) < VERSION) {
                for (String statement : missing) {
                    session.run(statement);
                }
            }
        }
        int version = version(session);
        session.commit();
        if (version > VERSION) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "schema godwit of the target database is of version " + version + ", this Godwit knows " + VERSION,
                    "Use the Godwit that made it, or a later one.");
        }
    }

    private static int version(PostgresSinkSession session) throws SQLException {
        return session.one("SELECT version FROM godwit.version", row -> row.getInt(1));
    }
}
