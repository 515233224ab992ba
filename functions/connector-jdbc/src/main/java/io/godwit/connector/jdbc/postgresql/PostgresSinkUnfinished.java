package io.godwit.connector.jdbc.postgresql;

import io.godwit.core.run.StepId;
import java.sql.SQLException;
import java.util.List;

/** Which tables Godwit made, until they have their keys and indexes, whichever step gives them. */
final class PostgresSinkUnfinished {
    private final PostgresSinkSession session;
    private final PostgresSinkScript script;

    PostgresSinkUnfinished(PostgresSinkSession session, PostgresSinkScript script) {
        this.session = session;
        this.script = script;
    }

    /** @param created whether the step made the table, or found it */
    void book(StepId step, PostgresSinkTarget target, boolean created) throws SQLException {
        script.book(
                "INSERT INTO godwit.target AS t (step, table_schema, table_name, created, aside) "
                        + "VALUES (?, ?, ?, CASE WHEN ? THEN to_regclass(?)::oid::int8 END, ?) "
                        + "ON CONFLICT (step, table_schema, table_name) DO UPDATE "
                        + "SET created = coalesce(EXCLUDED.created, t.created), aside = EXCLUDED.aside",
                step.value(),
                target.schema(),
                target.name().name(),
                created,
                target.sql(),
                target.mode().loadsAside() ? target.loaded().name() : null);
    }

    /** Whether the very table that stands there now was made by this step, or by one that never came to its end. */
    boolean contains(PostgresSinkTarget target) throws SQLException {
        return PostgresSinkSchema.isInstalled(session)
                && session.one(
                        "SELECT EXISTS (SELECT FROM godwit.target WHERE created = to_regclass(?)::oid::int8)",
                        row -> row.getBoolean(1),
                        target.sql());
    }

    /** They have all now. */
    void finish(StepId step, List<PostgresSinkTarget> targets) throws SQLException {
        for (PostgresSinkTarget target : targets) {
            session.change(
                    "UPDATE godwit.target SET created = NULL WHERE table_schema = ? AND table_name = ?",
                    target.schema(),
                    target.name().name());
        }
        session.change("UPDATE godwit.target SET aside = NULL WHERE step = ?", step.value());
    }
}
