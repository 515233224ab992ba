package io.godwit.connector.postgresql;

import io.godwit.core.run.StepId;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Which tables Godwit made, until they have their keys and indexes. Whichever step comes first, by preparing or by
 * publishing, gives a table the primary key that the step which made it chose.
 */
final class PostgresSinkUnfinished {
    private static final String OF_TABLE = "created = to_regclass(?)::oid::int8";

    private final PostgresSinkSession session;
    private final PostgresSinkScript script;

    PostgresSinkUnfinished(PostgresSinkSession session, PostgresSinkScript script) {
        this.session = session;
        this.script = script;
    }

    /**
     * @param created whether the step made the table, or found it
     * @param awaited the primary key that it made the table without, empty where it has it
     */
    void book(StepId step, PostgresSinkTarget target, boolean created, List<String> awaited) throws SQLException {
        script.book(
                "INSERT INTO godwit.target AS t (step, table_schema, table_name, created, awaited_key, aside) "
                        + "VALUES (?, ?, ?, CASE WHEN ? THEN to_regclass(?)::oid::int8 END, ?, ?) "
                        + "ON CONFLICT (step, table_schema, table_name) DO UPDATE "
                        + "SET created = coalesce(EXCLUDED.created, t.created), "
                        + "awaited_key = coalesce(EXCLUDED.awaited_key, t.awaited_key), aside = EXCLUDED.aside",
                step.value(),
                target.schema(),
                target.name().name(),
                created,
                target.sql(),
                awaited.isEmpty() ? null : awaited.toArray(new String[0]),
                target.mode().loadsAside() ? target.loaded().name() : null);
    }

    /** Whether the very table that stands there now was made by this step, or by one that never came to its end. */
    boolean contains(PostgresSinkTarget target) throws SQLException {
        return PostgresSinkSchema.isInstalled(session)
                && session.one(
                        "SELECT EXISTS (SELECT FROM godwit.target WHERE " + OF_TABLE + ")",
                        row -> row.getBoolean(1),
                        target.sql());
    }

    /**
     * Gives the table the key that it waits for.
     *
     * @return its columns; empty where it waits for none
     */
    List<String> giveKey(PostgresSinkTarget target) throws SQLException {
        return giveKey(target.sql());
    }

    /** @param table quoted, with its schema */
    List<String> giveKey(String table) throws SQLException {
        if (awaitedKey(table).isEmpty()) {
            return List.of();
        }
        // Whoever gives it now is waited for; then there is nothing left to give.
        script.lock(table);
        Optional<List<String>> awaited = awaitedKey(table);
        if (awaited.isEmpty()) {
            return List.of();
        }
        script.run(PostgresSinkPrimaryKey.sql(table, awaited.get()));
        script.book("UPDATE godwit.target SET awaited_key = NULL WHERE " + OF_TABLE, table);
        return awaited.get();
    }

    private Optional<List<String>> awaitedKey(String table) throws SQLException {
        if (!PostgresSinkSchema.isInstalled(session)) {
            return Optional.empty();
        }
        return session.first(
                "SELECT awaited_key FROM godwit.target WHERE awaited_key IS NOT NULL AND " + OF_TABLE
                        + " AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = to_regclass(?) AND indisprimary)",
                row -> List.of((String[]) row.getArray(1).getArray()),
                table,
                table);
    }

    /** The tables, quoted, that a step made and left without their key, which is closed for good. */
    List<String> leftWithoutKey(StepId step) throws SQLException {
        if (!PostgresSinkSchema.isInstalled(session)) {
            return List.of();
        }
        return session.list(
                "SELECT table_schema, table_name FROM godwit.target JOIN godwit.run USING (step) "
                        + "WHERE step = ? AND state = 'cancelled' AND awaited_key IS NOT NULL "
                        // A table that took its place is somebody else's.
                        + "AND created = to_regclass(format('%I.%I', table_schema, table_name))::oid::int8 ORDER BY 1, 2",
                row -> Quoting.table(new TableName(null, row.getString(1), row.getString(2))), step.value());
    }

    /** They have all now. */
    void finish(StepId step, List<PostgresSinkTarget> targets) throws SQLException {
        for (PostgresSinkTarget target : targets) {
            session.change(
                    "UPDATE godwit.target SET created = NULL, awaited_key = NULL WHERE table_schema = ? AND table_name = ?",
                    target.schema(),
                    target.name().name());
        }
        session.change("UPDATE godwit.target SET aside = NULL WHERE step = ?", step.value());
    }
}
