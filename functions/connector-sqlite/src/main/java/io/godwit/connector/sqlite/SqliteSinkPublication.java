package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.OwnTables;
import io.godwit.connector.jdbc.sink.SinkScript;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.StepId;
import io.godwit.core.table.Index;
import io.godwit.core.table.TableDescription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What publishing a step does, all in the caller's transaction: rows, definitions and the job's {@code after}. */
final class SqliteSinkPublication {
    private final JdbcSession session;
    private final OwnTables tables;
    private final String database;
    private final SinkScript script;

    SqliteSinkPublication(JdbcSession session, OwnTables tables, String database) {
        this.session = session;
        this.tables = tables;
        this.database = database;
        this.script = new SinkScript(session, false);
    }

    Published publish(PublishStep question) throws SQLException {
        List<SinkTarget> targets = SinkTarget.schemaless(question.tables());
        for (SinkTarget target : targets) {
            if (target.mode().loadsAside()) {
                checkAside(target);
            }
            if (target.mode() == WriteMode.OVERWRITE) {
                refusing(target, () -> overwrite(target));
            } else if (target.mode() == WriteMode.SWAP) {
                refusing(target, () -> swap(target));
            }
            if (isCreatedBy(question.step(), target)) {
                refusing(target, () -> createIndexes(target));
            }
        }
        new SqliteSinkReferences(session).check(targets);
        for (String statement : question.after()) {
            JobStatement.check(statement);
            script.run(statement);
        }
        dropAsides(session, question.step());
        return new Published(script.statements(), script.notes());
    }

    /** Drops what is left of tables loaded aside. */
    static void dropAsides(JdbcSession session, StepId step) throws SQLException {
        List<String> asides = session.list(
                "SELECT aside FROM godwit_target WHERE step = ? AND aside IS NOT NULL",
                row -> row.getString(1),
                step.value());
        for (String aside : asides) {
            session.run("DROP TABLE IF EXISTS " + Quoting.identifier(aside));
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static void refusing(SinkTarget target, Work work) throws SQLException {
        try {
            work.run();
        } catch (SQLException e) {
            if (!SqliteErrors.isOfRows(e)) {
                throw e;
            }
            throw new GodwitException(
                    ErrorCode.ROW_REFUSED,
                    target.name().display() + ": rows were refused: " + SqliteErrors.text(e) + " ("
                            + SqliteErrors.code(e) + ")",
                    "Mend the rows or the target, and retry the run.");
        }
    }

    private void checkAside(SinkTarget target) throws SQLException {
        long loaded = session.one("SELECT count(*) FROM " + Quoting.table(target.loaded()), row -> row.getLong(1));
        tables.ledger(session).checkAside(target, loaded);
    }

    private void overwrite(SinkTarget target) throws SQLException {
        String names = SqliteInsert.names(target.columns());
        String where = target.first().where();
        script.run("DELETE FROM " + Quoting.table(target.name()) + (where == null ? "" : " WHERE " + where));
        script.run("INSERT OR ABORT INTO " + Quoting.table(target.name()) + " (" + names + ") SELECT " + names
                + " FROM " + Quoting.table(target.loaded()));
        long loaded = session.one("SELECT count(*) FROM " + Quoting.table(target.loaded()), row -> row.getLong(1));
        long added = session.one("SELECT changes()", row -> row.getLong(1));
        if (added != loaded) {
            throw new SQLException("a trigger kept rows out", SqliteErrors.NO_SUCH_VALUE);
        }
    }

    /** The table loaded aside takes the name, and gets the indexes and triggers of the one that had it. */
    private void swap(SinkTarget target) throws SQLException {
        SqliteDefinition definition = SqliteDefinition.of(session, target.name());
        script.run("DROP TABLE " + Quoting.table(target.name()));
        script.run("ALTER TABLE " + Quoting.table(target.loaded()) + " RENAME TO " + Quoting.table(target.name()));
        for (String statement : definition.others()) {
            script.run(statement);
        }
    }

    private boolean isCreatedBy(StepId step, SinkTarget target) throws SQLException {
        return session.first(
                        "SELECT created FROM godwit_target WHERE step = ? AND table_name = ?",
                        row -> row.getBoolean(1),
                        step.value(),
                        target.name().name())
                .orElse(false);
    }

    /** The source's indexes over plain columns that all come along, after the load. */
    private void createIndexes(SinkTarget target) throws SQLException {
        TableDescription found = new SqliteCatalog(session, database, false, true)
                .describe(List.of(target.name())).stream().findFirst().orElse(null);
        if (found == null || target.plans().size() > 1) {
            return;
        }
        // An index's name is one of the whole file, and its own.
        Set<String> taken =
                new HashSet<>(session.list("SELECT lower(name) FROM sqlite_schema", row -> row.getString(1)));
        List<List<String>> there = found.indexes().stream().map(Index::columns).toList();
        for (Index index : target.first().definition().indexes()) {
            String sql = sql(target, index, taken);
            List<String> columns = index.columns().stream().map(target::target).toList();
            if (sql != null && !there.contains(columns)) {
                script.run(sql);
            }
        }
    }

    private @Nullable String sql(SinkTarget target, Index index, Set<String> taken) {
        List<String> columns = new ArrayList<>();
        for (String column : index.columns()) {
            String name = target.target(column);
            if (name == null) {
                return null;
            }
            columns.add(name);
        }
        if (columns.isEmpty() || !index.method().equals("btree")) {
            script.note(target.name().display() + ": index " + index.name()
                    + " is not over plain columns: it is not created");
            return null;
        }
        boolean own = index.name().toLowerCase(Locale.ROOT).startsWith("sqlite_");
        String wanted = own || taken.contains(index.name().toLowerCase(Locale.ROOT))
                ? target.name().name() + "_" + String.join("_", columns) + "_key"
                : index.name();
        if (!taken.add(wanted.toLowerCase(Locale.ROOT))) {
            script.note(target.name().display() + ": index " + index.name()
                    + " has a name that is taken: it is not created");
            return null;
        }
        return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + Quoting.identifier(wanted) + " ON "
                + Quoting.table(target.name()) + " (" + Quoting.identifiers(columns) + ")";
    }
}
