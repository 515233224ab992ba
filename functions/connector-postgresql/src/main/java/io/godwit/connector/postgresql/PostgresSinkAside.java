package io.godwit.connector.postgresql;

import io.godwit.core.job.WriteMode;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;

/**
 * Tables that are loaded aside. They are logged as any other: an unlogged table is emptied when the server crashes, and
 * the ledger would say of rows that are gone that they are written.
 *
 * <p>They go when their step is published or cancelled. Those of a failed step stay, because a retry goes on with them,
 * until a later step prepares the same target; the failed step can then not be retried any more.
 */
final class PostgresSinkAside {
    private final PostgresSinkSession session;
    private final PostgresSinkScript script;

    PostgresSinkAside(PostgresSinkSession session, PostgresSinkScript script) {
        this.session = session;
        this.script = script;
    }

    /**
     * Creates the empty table aside: for overwrite, what the plan writes; for swap, all that the target is but its
     * indexes.
     *
     * @param columns that the target has
     */
    void create(PostgresSinkTarget target, List<String> columns) throws SQLException {
        String aside = Quoting.table(target.loaded());
        // Prepared once more for another plan: nothing is written yet.
        script.run("DROP TABLE IF EXISTS " + aside);
        if (target.mode() == WriteMode.SWAP) {
            new PostgresSinkSwap(session, script, target).requirePossible();
            script.run("CREATE TABLE " + aside + " (LIKE " + target.sql() + " INCLUDING ALL EXCLUDING INDEXES)");
            return;
        }
        script.run("CREATE TABLE " + aside + " (LIKE " + target.sql()
                + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)");
        List<String> written = target.columnNames();
        List<String> others = columns.stream()
                .filter(column -> !written.contains(column))
                .map(column -> "DROP COLUMN " + Quoting.identifier(column))
                .toList();
        if (!others.isEmpty()) {
            script.run("ALTER TABLE " + aside + " " + String.join(", ", others));
        }
    }

    /** Drops what failed steps left of the same targets, and closes these steps for good. */
    void dropLeftOvers(StepId step, List<PostgresSinkTarget> targets) throws SQLException {
        if (!PostgresSinkSchema.isInstalled(session)) {
            return;
        }
        for (PostgresSinkTarget target : targets) {
            List<String> failed = session.list(
                    "SELECT r.step FROM godwit.run r JOIN godwit.target t USING (step) WHERE t.table_schema = ? "
                            + "AND t.table_name = ? AND r.step <> ? AND r.state = 'failed' AND t.aside IS NOT NULL "
                            + "ORDER BY 1 FOR UPDATE OF r",
                    row -> row.getString(1),
                    target.schema(),
                    target.name().name(),
                    step.value());
            for (String other : failed) {
                dropAll(other);
                script.book("UPDATE godwit.run SET state = 'cancelled' WHERE step = ?", other);
                script.note("step " + other + ", which failed, can not be retried any more: "
                        + target.name().display() + " is loaded anew");
            }
        }
    }

    /** Drops all tables that the step loaded aside. */
    void dropAll(String step) throws SQLException {
        List<TableName> asides = session.list(
                "SELECT table_schema, aside FROM godwit.target WHERE step = ? AND aside IS NOT NULL ORDER BY 1, 2",
                row -> new TableName(null, row.getString(1), row.getString(2)),
                step);
        for (TableName aside : asides) {
            script.run("DROP TABLE IF EXISTS " + Quoting.table(aside));
        }
        script.book("UPDATE godwit.target SET aside = NULL WHERE step = ?", step);
    }
}
