package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkScript;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a sink ready for a step: all of it in the caller's transaction, definitions too. */
final class SqliteSinkPreparation {
    private final JdbcSession session;
    private final SinkScript script;
    private final boolean pretended;
    private final SqliteCatalog catalog;

    SqliteSinkPreparation(JdbcSession session, boolean pretended, String database) {
        this.session = session;
        this.script = new SinkScript(session, pretended);
        this.pretended = pretended;
        this.catalog = new SqliteCatalog(session, database, false, true);
    }

    /** Does it, or only tells it. */
    Preparation prepare(PrepareStep question) throws SQLException {
        List<SinkTarget> targets = SinkTarget.schemaless(question.tables());
        for (SinkTarget target : targets) {
            TableDescription found = find(target.name());
            check(target, found);
            takeOver(question.step(), target);
            if (found != null
                    && target.first().create() == CreateMode.RECREATE
                    && !isCreatedBy(question.step(), target)) {
                script.run("DROP TABLE " + Quoting.table(target.name()));
                found = null;
            }
            book(question.step(), target, found == null);
            if (found == null) {
                script.run(new SqliteSinkCreation(target).sql());
            } else {
                adapt(target, found);
            }
        }
        for (String statement : question.before()) {
            JobStatement.check(statement);
            script.run(statement);
        }
        for (SinkTarget target : targets) {
            if (target.mode().loadsAside()) {
                script.quietly("DROP TABLE IF EXISTS " + Quoting.table(target.loaded()));
                if (!pretended) {
                    script.quietly(SqliteDefinition.of(session, target.name()).under(target.loaded()));
                }
            }
        }
        return new Preparation(script.statements(), script.notes());
    }

    private @Nullable TableDescription find(TableName name) throws SQLException {
        return catalog.describe(List.of(name)).stream().findFirst().orElse(null);
    }

    private static void check(SinkTarget target, @Nullable TableDescription found) {
        if (found == null && target.first().create() == CreateMode.NEVER) {
            throw new GodwitException(
                    ErrorCode.TARGET_TABLE_NOT_FOUND,
                    target.name().display() + ": no such table in the target's file",
                    "Create it, or let the job create it (create: if-missing).");
        }
        if (found != null && !SqliteCatalog.isTable(found.kind())) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    target.name().display() + " is a " + found.kind() + ", which cannot be loaded",
                    "Name a table.");
        }
    }

    /** Closes failed steps that loaded the same table for good: they must not go on beside this one. */
    private void takeOver(StepId step, SinkTarget target) throws SQLException {
        if (pretended) {
            return;
        }
        String failed = "FROM godwit_target t JOIN godwit_run r ON r.step = t.step "
                + "WHERE t.table_name = ? AND t.step <> ? AND r.state = 'failed'";
        List<String> asides = session.list(
                "SELECT t.aside " + failed + " AND t.aside IS NOT NULL",
                row -> row.getString(1),
                target.name().name(),
                step.value());
        for (String aside : asides) {
            session.run("DROP TABLE IF EXISTS " + Quoting.identifier(aside));
        }
        session.change(
                "UPDATE godwit_run SET state = 'cancelled' WHERE step IN (SELECT t.step " + failed + ")",
                target.name().name(),
                step.value());
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
                            + "ON CONFLICT (step, table_name) DO UPDATE SET created = created OR excluded.created, "
                            + "aside = excluded.aside",
                    step.value(),
                    target.name().name(),
                    created,
                    target.mode().loadsAside() ? target.loaded().name() : null);
        }
    }

    /** Adds columns that the plan has and the target lacks: whoever planned so was allowed to. */
    private void adapt(SinkTarget target, TableDescription found) throws SQLException {
        for (ColumnPlan column : target.columns()) {
            if (found.column(column.target()).isEmpty()) {
                script.run("ALTER TABLE " + Quoting.table(target.name()) + " ADD COLUMN "
                        + new SqliteSinkCreation(target).added(column));
            }
        }
        target.checkKey(found);
    }
}
