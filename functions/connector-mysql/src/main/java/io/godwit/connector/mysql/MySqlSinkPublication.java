package io.godwit.connector.mysql;

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
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What publishing a step does. The run row is locked by one session, in whose transaction rows are replaced, references
 * checked and the job's {@code after} run; definitions, with which the server commits, are made by a second session
 * meanwhile, and each may be made again: indexes of created tables, and the one RENAME that swaps all tables at once.
 */
final class MySqlSinkPublication {
    private final JdbcSession locked;
    private final JdbcSession definitions;
    private final String database;
    private final OwnTables tables;
    private final SinkScript rows;
    private final SinkScript made;

    MySqlSinkPublication(JdbcSession locked, JdbcSession definitions, OwnTables tables, String database) {
        this.locked = locked;
        this.definitions = definitions;
        this.database = database;
        this.tables = tables;
        this.rows = new SinkScript(locked, false);
        this.made = new SinkScript(definitions, false);
    }

    Published publish(PublishStep question) throws SQLException {
        List<SinkTarget> targets = SinkTarget.schemaless(question.tables());
        for (SinkTarget target : targets) {
            checkAside(target);
            if (isCreatedBy(question.step(), target)) {
                new MySqlSinkIndexes(target, made).create(definitions, database);
            }
        }
        for (SinkTarget target : targets) {
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
        List<String> statements = new ArrayList<>(made.statements());
        statements.addAll(rows.statements());
        List<String> notes = new ArrayList<>(made.notes());
        notes.addAll(rows.notes());
        return new Published(statements, notes);
    }

    private void checkAside(SinkTarget target) throws SQLException {
        if (!target.mode().loadsAside()) {
            return;
        }
        if (!exists(target.loaded())) {
            target.checkSwapped(exists(target.replaced()));
            return;
        }
        // By the session that renames: whoever has read a table in a transaction keeps its definition as it is.
        long loaded = definitions.one("SELECT count(*) FROM " + Quoting.table(target.loaded()), row -> row.getLong(1));
        definitions.commit();
        tables.ledger(locked).checkAside(target, loaded);
    }

    private void overwrite(SinkTarget target) throws SQLException {
        String names = MySqlLoad.names(target.columns());
        String where = target.first().where();
        rows.quietly("SET SESSION foreign_key_checks = 0");
        rows.run("DELETE FROM " + Quoting.table(target.name()) + (where == null ? "" : " WHERE " + where));
        try {
            rows.run("INSERT INTO " + Quoting.table(target.name()) + " (" + names + ") SELECT " + names + " FROM "
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
    private boolean swap(List<SinkTarget> targets) throws SQLException {
        List<String> renames = new ArrayList<>();
        boolean before = false;
        for (SinkTarget target : targets) {
            if (target.mode() != WriteMode.SWAP) {
                continue;
            }
            if (exists(target.loaded())) {
                renames.add(Quoting.table(target.name()) + " TO " + Quoting.table(target.replaced()));
                renames.add(Quoting.table(target.loaded()) + " TO " + Quoting.table(target.name()));
            } else {
                before = true;
            }
        }
        if (!renames.isEmpty()) {
            made.run("RENAME TABLE " + String.join(", ", renames));
        }
        return before || !renames.isEmpty();
    }

    private void swapBack(List<SinkTarget> targets) throws SQLException {
        List<String> renames = new ArrayList<>();
        for (SinkTarget target : targets) {
            if (target.mode() == WriteMode.SWAP) {
                renames.add(Quoting.table(target.name()) + " TO " + Quoting.table(target.loaded()));
                renames.add(Quoting.table(target.replaced()) + " TO " + Quoting.table(target.name()));
            }
        }
        definitions.run("RENAME TABLE " + String.join(", ", renames));
    }

    private boolean isCreatedBy(StepId step, SinkTarget target) throws SQLException {
        return locked.first(
                        "SELECT created FROM godwit_target WHERE step = ? AND table_name = ?",
                        row -> row.getBoolean(1),
                        step.value(),
                        target.name().name())
                .orElse(false);
    }

    private boolean exists(TableName table) throws SQLException {
        return MySqlSinkAsides.exists(definitions, table);
    }
}
