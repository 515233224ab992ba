package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.StepId;
import io.godwit.core.table.Index;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What publishing a step does. The run row is locked by one session, in whose transaction rows are replaced, references
 * checked and the job's {@code after} run; definitions, with which the server commits, are made by a second session
 * meanwhile, and each may be made again: indexes of created tables, and the one RENAME that swaps all tables at once.
 */
final class MySqlSinkPublication {
    /** Longer texts are in an index with so many characters. */
    private static final int PREFIX = 191;

    private static final Set<String> LONG = Set.of("longtext", "longblob", "mediumtext", "text", "json", "blob");

    private final JdbcSession locked;
    private final JdbcSession definitions;
    private final String database;
    private final MySqlSinkScript rows;
    private final MySqlSinkScript tables;

    MySqlSinkPublication(JdbcSession locked, JdbcSession definitions, String database) {
        this.locked = locked;
        this.definitions = definitions;
        this.database = database;
        this.rows = new MySqlSinkScript(locked, false);
        this.tables = new MySqlSinkScript(definitions, false);
    }

    Published publish(PublishStep question) throws SQLException {
        List<MySqlSinkTarget> targets = MySqlSinkTarget.of(question.tables());
        for (MySqlSinkTarget target : targets) {
            checkAside(target);
            if (isCreatedBy(question.step(), target)) {
                createIndexes(target);
            }
        }
        for (MySqlSinkTarget target : targets) {
            if (target.mode() == WriteMode.OVERWRITE) {
                overwrite(target);
            }
        }
        boolean swapped = swap(targets);
        try {
            new MySqlSinkReferences(locked, database).check(targets);
            for (String statement : question.after()) {
                rows.run(statement);
            }
        } catch (SQLException | RuntimeException e) {
            if (swapped) {
                locked.rollbackQuietly();
                swapBack(targets);
            }
            throw e;
        }
        List<String> statements = new ArrayList<>(tables.statements());
        statements.addAll(rows.statements());
        List<String> notes = new ArrayList<>(tables.notes());
        notes.addAll(rows.notes());
        return new Published(statements, notes);
    }

    /** Drops what is left of tables loaded aside and swapped; nothing hangs on it. */
    static void dropAsides(JdbcSession session, StepId step) throws SQLException {
        List<String> asides = session.list(
                "SELECT aside FROM godwit_target WHERE step = ? AND aside IS NOT NULL",
                row -> row.getString(1),
                step.value());
        session.commit();
        for (String aside : asides) {
            session.run("DROP TABLE IF EXISTS " + Quoting.identifier(aside) + ", "
                    + Quoting.identifier(aside.replaceFirst("_aside$", "_old")));
        }
    }

    /** Of a step that is closed for good after its tables were swapped, and before it was published. */
    static void undoSwaps(JdbcSession session, StepId step) throws SQLException {
        List<String[]> swapped = session.list(
                "SELECT t.table_name, t.aside FROM godwit_target t JOIN information_schema.tables o "
                        + "ON o.table_schema = database() AND o.table_name = regexp_replace(t.aside, '_aside$', '_old') "
                        + "WHERE t.step = ? AND t.aside IS NOT NULL",
                row -> new String[] {row.getString(1), row.getString(2)},
                step.value());
        session.commit();
        for (String[] each : swapped) {
            session.run("RENAME TABLE " + Quoting.identifier(each[0]) + " TO " + Quoting.identifier(each[1]) + ", "
                    + Quoting.identifier(each[1].replaceFirst("_aside$", "_old")) + " TO "
                    + Quoting.identifier(each[0]));
        }
    }

    private void checkAside(MySqlSinkTarget target) throws SQLException {
        if (!target.mode().loadsAside() || !exists(target.loaded())) {
            return;
        }
        // By the session that renames: whoever has read a table in a transaction keeps its definition as it is.
        long loaded = definitions.one("SELECT count(*) FROM " + Quoting.table(target.loaded()), row -> row.getLong(1));
        definitions.commit();
        long written = 0;
        for (TablePlan plan : target.plans()) {
            written += new MySqlSinkLedger(locked).rows(plan.step(), plan.ordinal());
        }
        if (loaded != written) {
            throw new GodwitException(
                    ErrorCode.SINK_REFUSED,
                    target.name().display() + ": the table loaded aside has " + loaded + " rows, the ledger says "
                            + written,
                    "Somebody else changed " + target.loaded().display() + ": start a new run.");
        }
    }

    private void overwrite(MySqlSinkTarget target) throws SQLException {
        String names = MySqlLoad.names(target.columns());
        String where = target.first().where();
        rows.quietly("SET SESSION foreign_key_checks = 0");
        rows.run("DELETE FROM " + target.sql() + (where == null ? "" : " WHERE " + where));
        try {
            rows.run("INSERT INTO " + target.sql() + " (" + names + ") SELECT " + names + " FROM "
                    + Quoting.table(target.loaded()));
        } catch (SQLException e) {
            if (!MySqlErrors.isOfRows(e)) {
                throw e;
            }
            throw new GodwitException(
                    ErrorCode.ROW_REFUSED,
                    target.name().display() + ": rows were refused: " + MySqlErrors.text(e) + " (" + e.getErrorCode()
                            + ")",
                    "Mend the rows or the target, and retry the run.");
        }
    }

    /** All in one statement. Says whether it was done now or before. */
    private boolean swap(List<MySqlSinkTarget> targets) throws SQLException {
        List<String> renames = new ArrayList<>();
        boolean before = false;
        for (MySqlSinkTarget target : targets) {
            if (target.mode() != WriteMode.SWAP) {
                continue;
            }
            if (exists(target.loaded())) {
                renames.add(target.sql() + " TO " + Quoting.table(target.replaced()));
                renames.add(Quoting.table(target.loaded()) + " TO " + target.sql());
            } else {
                before = true;
            }
        }
        if (!renames.isEmpty()) {
            tables.run("RENAME TABLE " + String.join(", ", renames));
        }
        return before || !renames.isEmpty();
    }

    private void swapBack(List<MySqlSinkTarget> targets) throws SQLException {
        List<String> renames = new ArrayList<>();
        for (MySqlSinkTarget target : targets) {
            if (target.mode() == WriteMode.SWAP) {
                renames.add(target.sql() + " TO " + Quoting.table(target.loaded()));
                renames.add(Quoting.table(target.replaced()) + " TO " + target.sql());
            }
        }
        definitions.run("RENAME TABLE " + String.join(", ", renames));
    }

    private boolean isCreatedBy(StepId step, MySqlSinkTarget target) throws SQLException {
        return locked.first(
                        "SELECT created FROM godwit_target WHERE step = ? AND table_name = ?",
                        row -> row.getBoolean(1),
                        step.value(),
                        target.name().name())
                .orElse(false);
    }

    /** The source's indexes over plain columns that all come along, after the load. */
    private void createIndexes(MySqlSinkTarget target) throws SQLException {
        TableDescription found = new MySqlCatalog(definitions, database)
                .describe(List.of(target.loaded())).stream().findFirst().orElse(null);
        if (found == null || target.plans().size() > 1) {
            return;
        }
        List<String> there = found.indexes().stream().map(Index::name).toList();
        List<String> added = new ArrayList<>();
        for (Index index : target.first().definition().indexes()) {
            String sql = there.contains(index.name()) ? null : sql(target, index);
            if (sql != null) {
                added.add(sql);
            }
        }
        if (!added.isEmpty()) {
            tables.run("ALTER TABLE " + Quoting.table(target.loaded()) + " " + String.join(", ", added));
        }
    }

    private @Nullable String sql(MySqlSinkTarget target, Index index) {
        List<String> columns = new ArrayList<>();
        boolean cut = false;
        for (String column : index.columns()) {
            String name = target.target(column);
            if (name == null) {
                return null;
            }
            boolean isLong = LONG.contains(type(target, name));
            cut |= isLong;
            columns.add(Quoting.identifier(name) + (isLong ? "(" + PREFIX + ")" : ""));
        }
        boolean usable = !columns.isEmpty() && index.method().equals("btree") && !(index.unique() && cut);
        if (!usable) {
            tables.note(target.name().display() + ": index " + index.name()
                    + (cut
                            ? " is unique over long texts, which this database cannot hold: it is not created"
                            : " is not over plain columns: it is not created"));
            return null;
        }
        return "ADD " + (index.unique() ? "UNIQUE " : "") + "INDEX " + Quoting.identifier(index.name()) + " ("
                + columns.stream().collect(Collectors.joining(", ")) + ")";
    }

    private static String type(MySqlSinkTarget target, String name) {
        return target.columns().stream()
                .filter(column -> column.target().equals(name))
                .map(ColumnPlan::targetNativeType)
                .findFirst()
                .orElse("");
    }

    private boolean exists(TableName table) throws SQLException {
        return definitions.one(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name = ?",
                row -> row.getInt(1) > 0,
                table.name());
    }
}
