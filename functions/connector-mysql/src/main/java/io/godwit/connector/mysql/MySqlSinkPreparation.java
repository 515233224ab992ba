package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkScript;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sink ready for a step. The server commits with every definition, so all of it may be done again after it was
 * broken off; the run row counts once it is whole.
 */
final class MySqlSinkPreparation {
    private final JdbcSession session;
    private final SinkScript script;
    private final boolean pretended;
    private final MySqlCatalog catalog;
    private final MySqlSinkAsides asides;

    MySqlSinkPreparation(JdbcSession session, SinkScript script, boolean pretended, String database) {
        this.session = session;
        this.script = script;
        this.pretended = pretended;
        this.catalog = new MySqlCatalog(session, database);
        this.asides = new MySqlSinkAsides(session, database);
    }

    /** Does it, or only tells it. */
    Preparation prepare(PrepareStep question) throws SQLException {
        boolean mariaDb = session.jdbc().getMetaData().getDatabaseProductName().equalsIgnoreCase("MariaDB");
        List<SinkTarget> targets = SinkTarget.schemaless(question.tables());
        for (SinkTarget target : targets) {
            if (!pretended) {
                asides.restore(question.step(), target.name());
            }
            check(target, find(target.name()));
            checkEngine(target);
        }
        for (SinkTarget target : targets) {
            if (!pretended) {
                asides.takeOver(question.step(), target.name());
            }
            TableDescription found = find(target.name());
            if (found != null
                    && target.first().create() == CreateMode.RECREATE
                    && !isCreatedBy(question.step(), target)) {
                script.run("DROP TABLE " + Quoting.table(target.name()));
                found = null;
            }
            book(question.step(), target, found == null);
            if (found == null) {
                script.run(new MySqlSinkCreation(target, mariaDb).sql());
                if (pretended) {
                    new MySqlSinkIndexes(target, script).announce();
                }
            } else {
                adapt(target, found, mariaDb);
            }
        }
        for (String statement : question.before()) {
            script.run(statement);
        }
        for (SinkTarget target : targets) {
            if (target.mode().loadsAside()) {
                script.quietly("DROP TABLE IF EXISTS " + Quoting.table(target.loaded()));
                script.run("CREATE TABLE " + Quoting.table(target.loaded()) + " LIKE " + Quoting.table(target.name()));
            }
        }
        return new Preparation(script.statements(), script.notes());
    }

    private @Nullable TableDescription find(TableName name) throws SQLException {
        return catalog.describe(List.of(name)).stream().findFirst().orElse(null);
    }

    private void check(SinkTarget target, @Nullable TableDescription found) throws SQLException {
        if (found == null && target.first().create() == CreateMode.NEVER) {
            throw new GodwitException(
                    ErrorCode.TARGET_TABLE_NOT_FOUND,
                    target.name().display() + ": no such table in the target database",
                    "Create it, or let the job create it (create: if-missing).");
        }
        if (found != null && !found.kind().equals(MySqlCatalog.TABLE)) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    target.name().display() + " is a " + found.kind() + ", which cannot be loaded",
                    "Name a table.");
        }
        if (found != null
                && target.mode() == WriteMode.SWAP
                && (!found.foreignKeys().isEmpty() || isReferredTo(target))) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    target.name().display() + " has foreign keys, or others refer to it, which a swap would lose",
                    "Use mode: overwrite.");
        }
    }

    /** A key that refers to a table follows it when it is renamed, to where it is dropped. */
    private boolean isReferredTo(SinkTarget target) throws SQLException {
        return session.first(
                        "SELECT 1 FROM information_schema.key_column_usage "
                                + "WHERE referenced_table_schema = database() AND referenced_table_name = ? LIMIT 1",
                        row -> true,
                        target.name().name())
                .isPresent();
    }

    /** Rows and ledger commit together: both must lie in tables that know transactions. */
    private void checkEngine(SinkTarget target) throws SQLException {
        String engine = session.first(
                        "SELECT engine FROM information_schema.tables WHERE table_schema = database() AND table_name = ?",
                        row -> row.getString(1),
                        target.name().name())
                .orElse("InnoDB");
        if (!engine.equalsIgnoreCase("InnoDB")) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    target.name().display() + " is kept by the engine " + engine + ", which knows no transactions",
                    "Run ALTER TABLE " + Quoting.table(target.name()) + " ENGINE = InnoDB, or name another table.");
        }
    }

    private boolean isCreatedBy(StepId step, SinkTarget target) throws SQLException {
        return !pretended
                && session.first(
                                "SELECT created FROM godwit_target WHERE step = ? AND table_name = ?",
                                row -> row.getBoolean(1),
                                step.value(),
                                target.name().name())
                        .orElse(false);
    }

    private void book(StepId step, SinkTarget target, boolean created) throws SQLException {
        if (!pretended) {
            session.change(
                    "INSERT INTO godwit_target (step, table_name, created, aside) VALUES (?, ?, ?, ?) "
                            + "ON DUPLICATE KEY UPDATE created = created OR VALUES(created), aside = VALUES(aside)",
                    step.value(),
                    target.name().name(),
                    created,
                    target.mode().loadsAside() ? target.loaded().name() : null);
            session.commit();
        }
    }

    /** Adds columns that the plan has and the target lacks: whoever planned so was allowed to. */
    private void adapt(SinkTarget target, TableDescription found, boolean mariaDb) throws SQLException {
        for (ColumnPlan column : target.columns()) {
            if (found.column(column.target()).isEmpty()) {
                script.run("ALTER TABLE " + Quoting.table(target.name()) + " ADD COLUMN "
                        + new MySqlSinkCreation(target, mariaDb).added(column));
            }
        }
        target.checkKey(found);
    }
}
