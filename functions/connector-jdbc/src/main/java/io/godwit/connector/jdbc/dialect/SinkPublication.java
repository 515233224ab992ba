package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.sink.OwnTables;
import io.godwit.connector.jdbc.sink.SinkScript;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What publishing a step does. One session holds the step's lock, and in its transaction rows are replaced and the
 * job's {@code after} is run. Where definitions belong to transactions it makes them too, and all of it is published at
 * once; else a second session makes them meanwhile, each of which may be made again or undone.
 */
final class SinkPublication {
    private final JdbcSession locked;
    private final JdbcSession definitions;
    private final Dialect dialect;
    private final DialectErrors errors;
    private final DialectCatalog catalog;
    private final OwnTables tables;
    private final DialectAsides asides;
    private final SinkScript rows;
    private final SinkScript made;

    /** @param asides by the session that makes definitions */
    SinkPublication(
            JdbcSession locked,
            JdbcSession definitions,
            Dialect dialect,
            DialectErrors errors,
            OwnTables tables,
            DialectAsides asides,
            String database) {
        this.locked = locked;
        this.definitions = definitions;
        this.dialect = dialect;
        this.errors = errors;
        this.catalog = new DialectCatalog(definitions, dialect, database);
        this.tables = tables;
        this.asides = asides;
        this.rows = new SinkScript(locked, false);
        this.made = new SinkScript(definitions, false);
    }

    Published publish(PublishStep question) throws SQLException {
        List<SinkTarget> targets = SinkTarget.of(question.tables());
        SinkSteps steps = new SinkSteps(locked);
        SinkIndexes indexes = new SinkIndexes(definitions, dialect, catalog, made);
        for (SinkTarget target : targets) {
            checkAside(target);
            if (steps.isCreatedBy(question.step(), target)) {
                indexes.create(target);
            }
        }
        if (definitions != locked) {
            // Else what it has looked at and made would be in the way of the rows.
            definitions.commit();
        }
        for (SinkTarget target : targets) {
            if (target.mode() == WriteMode.OVERWRITE) {
                overwrite(target);
            }
        }
        for (SinkTarget target : targets) {
            if (target.mode() == WriteMode.SWAP) {
                swap(target);
            }
        }
        try {
            for (String statement : question.after()) {
                rows.run(statement);
            }
        } catch (SQLException | RuntimeException e) {
            if (definitions != locked) {
                locked.rollbackQuietly();
                asides.putBack(question.step());
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
        if (!catalog.exists(target.loaded())) {
            target.checkSwapped(catalog.exists(target.replaced()));
            return;
        }
        long loaded = definitions.one(
                "SELECT count(*) FROM " + dialect.words().table(target.loaded()), row -> row.getLong(1));
        tables.ledger(locked).checkAside(target, loaded);
    }

    private void overwrite(SinkTarget target) throws SQLException {
        rows.run(SinkSql.clear(dialect, target));
        String table = dialect.words().table(target.name());
        try {
            for (String statement : dialect.sink().beforeInserts(table, Field.of(target.columns()))) {
                rows.quietly(statement);
            }
            rows.run(SinkSql.take(dialect, target));
            for (String statement : dialect.sink().afterInserts(table, Field.of(target.columns()))) {
                rows.quietly(statement);
            }
        } catch (SQLException e) {
            if (!errors.isOfRows(e)) {
                throw e;
            }
            throw new GodwitException(
                    ErrorCode.ROW_REFUSED,
                    target.name().display() + ": rows were refused: " + errors.text(e) + " (" + e.getErrorCode() + ")",
                    "Mend the rows or the target, and retry the run.");
        }
    }

    /** Two renames; between them, where definitions commit, the table is nowhere, and this is called again. */
    private void swap(SinkTarget target) throws SQLException {
        if (!catalog.exists(target.loaded())) {
            return; // done before
        }
        if (catalog.exists(target.name())) {
            made.run(dialect.sink().rename(target.name(), target.replaced().name()));
        }
        made.run(dialect.sink().rename(target.loaded(), target.name().name()));
    }
}
