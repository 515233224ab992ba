package io.godwit.connector.postgresql;

import io.godwit.core.error.GodwitException;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Foreign keys of targets that were there before. Subtasks are written in any order, so that a row may come before the
 * row that it refers to: keys between two tables of one step, a table and itself included, are taken off while the step
 * loads, and put back, checked over all rows, in the transaction that publishes. All other keys stay, and check every
 * row as it is written.
 *
 * <ul>
 *   <li>What is taken off is booked with its definition in the transaction that drops it: a crash loses nothing.
 *   <li>Publishing fails, and changes nothing, where a row refers to nobody.
 *   <li>Closing a failed or cancelled step puts the keys back at once: checked where all rows agree, else {@code NOT
 *       VALID}, which checks what is written from then on. Whoever next loads both tables mends it.
 *   <li>Where several steps load the same tables at a time, the last to end puts the keys back.
 *   <li>In between, nobody else's writes are checked either; publishing checks them too.
 * </ul>
 *
 * <p>PostgreSQL offers no other way to the tables' owner: a check cannot be deferred beyond its transaction, and
 * switching triggers off takes a superuser and never checks what was missed.
 */
final class PostgresSinkSuspension {
    private static final String KEY = "table_schema = ? AND table_name = ? AND name = ?";
    private static final String COLUMNS =
            "k.table_schema, k.table_name, k.name, k.references_schema, k.references_name, k.definition, k.comment";

    private final PostgresSinkSession session;
    private final PostgresSinkScript script;
    private final PostgresSinkForeignKeys keys;

    PostgresSinkSuspension(PostgresSinkSession session, PostgresSinkScript script) {
        this.session = session;
        this.script = script;
        this.keys = new PostgresSinkForeignKeys(session, script);
    }

    /** Takes off the keys between tables of the step, and waits with others for those that are off already. */
    void suspend(StepId step, List<PostgresSinkTarget> targets) throws SQLException {
        Set<TableName> all = new LinkedHashSet<>();
        Set<TableName> direct = new LinkedHashSet<>();
        for (PostgresSinkTarget target : targets) {
            all.add(target.name());
            if (!target.mode().loadsAside()) {
                direct.add(target.name());
            }
        }
        for (PostgresSinkForeignKey key : suspended(direct)) {
            if (all.contains(key.references())) {
                hold(step, key);
            }
        }
        for (PostgresSinkForeignKey key : keys.touching(direct)) {
            if (direct.contains(key.table()) && all.contains(key.references())) {
                takeOff(step, key);
            }
        }
    }

    /** Takes off again what was put back when the step was closed. */
    void suspendAgain(StepId step) throws SQLException {
        Set<List<String>> own = new LinkedHashSet<>(session.list(
                "SELECT table_schema, table_name, name FROM godwit.foreign_key_step WHERE step = ? ORDER BY 1, 2, 3",
                row -> List.of(row.getString(1), row.getString(2), row.getString(3)),
                step.value()));
        Set<TableName> tables = new LinkedHashSet<>();
        own.forEach(key -> tables.add(new TableName(null, key.get(0), key.get(1))));
        for (PostgresSinkForeignKey key : suspended(tables)) {
            if (own.contains(id(key))) {
                hold(step, key);
            }
        }
        for (PostgresSinkForeignKey key : keys.touching(tables)) {
            if (own.contains(id(key))) {
                takeOff(step, key);
            }
        }
    }

    /**
     * Puts back what the step took off and no other step needs off. For publishing.
     *
     * @throws GodwitException ROW_REFUSED where a row refers to nobody
     */
    void restore(StepId step) throws SQLException {
        for (PostgresSinkForeignKey key : leave(step)) {
            if (canStand(key)) {
                keys.add(key);
            }
            forget(key);
        }
        session.change("DELETE FROM godwit.foreign_key_step WHERE step = ?", step.value());
    }

    /** As {@link #restore}, for closing: where rows do not agree, the key checks what is written from then on. */
    void restoreAsFarAsPossible(StepId step) throws SQLException {
        for (PostgresSinkForeignKey key : leave(step)) {
            if (!canStand(key)) {
                forget(key);
                continue;
            }
            try {
                keys.add(key);
                forget(key);
            } catch (GodwitException e) {
                script.run(key.addNotValidSql());
                script.note(key.display() + " is NOT VALID: not all rows that it refers to were loaded");
                session.change("UPDATE godwit.foreign_key SET state = 'not valid' WHERE " + KEY, parameters(key));
            }
        }
    }

    private List<PostgresSinkForeignKey> suspended(Collection<TableName> tables) throws SQLException {
        if (tables.isEmpty() || !PostgresSinkSchema.isInstalled(session)) {
            return List.of();
        }
        // Waits for a step that is putting them back.
        return session.list(
                "SELECT " + COLUMNS + " FROM godwit.foreign_key k JOIN unnest(?::text[], ?::text[]) w(schema, name) "
                        + "ON w.schema = k.table_schema AND w.name = k.table_name WHERE k.state = 'suspended' "
                        + "ORDER BY 1, 2, 3 FOR UPDATE OF k",
                PostgresSinkForeignKey::read,
                tables.stream().map(Quoting::schema).toArray(String[]::new),
                tables.stream().map(TableName::name).toArray(String[]::new));
    }

    private void takeOff(StepId step, PostgresSinkForeignKey key) throws SQLException {
        // Who needed it off does so no more: somebody has made the table, or the key, anew.
        script.book("UPDATE godwit.foreign_key_step SET active = false WHERE " + KEY, parameters(key));
        // A key that was put back NOT VALID is remembered as it was before.
        script.book(
                "INSERT INTO godwit.foreign_key AS k (table_schema, table_name, name, references_schema, "
                        + "references_name, definition, comment, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'suspended') "
                        + "ON CONFLICT (table_schema, table_name, name) DO UPDATE SET state = 'suspended', "
                        + "definition = CASE WHEN k.definition || ' NOT VALID' = EXCLUDED.definition "
                        + "THEN k.definition ELSE EXCLUDED.definition END",
                key.table().schema(),
                key.table().name(),
                key.name(),
                key.references().schema(),
                key.references().name(),
                key.definition(),
                key.comment());
        hold(step, key);
        script.run(key.dropSql());
    }

    private void hold(StepId step, PostgresSinkForeignKey key) throws SQLException {
        script.book(
                "INSERT INTO godwit.foreign_key_step (step, table_schema, table_name, name, active) "
                        + "VALUES (?, ?, ?, ?, true) "
                        + "ON CONFLICT (step, table_schema, table_name, name) DO UPDATE SET active = true",
                step.value(),
                key.table().schema(),
                key.table().name(),
                key.name());
    }

    /** Says that the step needs no key off any more, and which of them nobody else does. */
    private List<PostgresSinkForeignKey> leave(StepId step) throws SQLException {
        List<PostgresSinkForeignKey> own = session.list(
                "SELECT " + COLUMNS + " FROM godwit.foreign_key k JOIN godwit.foreign_key_step s "
                        + "USING (table_schema, table_name, name) WHERE s.step = ? AND s.active "
                        + "AND k.state = 'suspended' ORDER BY 1, 2, 3 FOR UPDATE OF k",
                PostgresSinkForeignKey::read,
                step.value());
        session.change("UPDATE godwit.foreign_key_step SET active = false WHERE step = ?", step.value());
        List<PostgresSinkForeignKey> free = new ArrayList<>();
        for (PostgresSinkForeignKey key : own) {
            List<String> holders = session.list(
                    "SELECT step FROM godwit.foreign_key_step WHERE " + KEY + " AND active ORDER BY 1",
                    row -> row.getString(1),
                    parameters(key));
            if (!holders.isEmpty()) {
                script.note(key.display() + " stays off until " + String.join(", ", holders) + " ends");
            } else {
                free.add(key);
            }
        }
        return free;
    }

    private void forget(PostgresSinkForeignKey key) throws SQLException {
        session.change("DELETE FROM godwit.foreign_key WHERE " + KEY, parameters(key));
    }

    /** Whether the key can stand again: its tables may have been dropped, or somebody added it. */
    private boolean canStand(PostgresSinkForeignKey key) throws SQLException {
        boolean can = session.one(
                "SELECT to_regclass(?) IS NOT NULL AND to_regclass(?) IS NOT NULL AND NOT EXISTS "
                        + "(SELECT FROM pg_constraint WHERE conrelid = to_regclass(?) AND conname = ?)",
                row -> row.getBoolean(1),
                Quoting.table(key.table()),
                Quoting.table(key.references()),
                Quoting.table(key.table()),
                key.name());
        if (!can) {
            script.note(key.display() + " was not put back: its tables are gone, or somebody added it");
        }
        return can;
    }

    private static List<String> id(PostgresSinkForeignKey key) {
        return List.of(Quoting.schema(key.table()), key.table().name(), key.name());
    }

    private static Object[] parameters(PostgresSinkForeignKey key) {
        return id(key).toArray();
    }
}
