package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.dialect.Values.Field;
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
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sink ready for a step. Where the server commits with every definition, all of it may be done again after it
 * was broken off; the run row counts once it is whole.
 */
final class SinkPreparation {
    private final JdbcSession session;
    private final Dialect dialect;
    private final SinkScript script;
    private final boolean pretended;
    private final DialectCatalog catalog;
    private final SinkSteps steps;
    private final DialectAsides asides;

    SinkPreparation(JdbcSession session, Dialect dialect, DialectAsides asides, String database, boolean pretended) {
        this.session = session;
        this.dialect = dialect;
        this.script = new SinkScript(session, pretended);
        this.pretended = pretended;
        this.catalog = new DialectCatalog(session, dialect, database);
        this.steps = new SinkSteps(session);
        this.asides = asides;
    }

    /** Does it, or only tells it. */
    Preparation prepare(PrepareStep question) throws SQLException {
        String unfit = dialect.sink().unfit(session);
        if (unfit != null) {
            throw new GodwitException(ErrorCode.NOT_SUPPORTED, unfit, "Name another database.");
        }
        List<SinkTarget> targets = SinkTarget.of(question.tables());
        for (SinkTarget target : targets) {
            if (!pretended) {
                asides.restore(question.step(), target.name());
            }
            check(target, find(target.name()));
        }
        for (SinkTarget target : targets) {
            prepare(question.step(), target);
        }
        for (String statement : question.before()) {
            script.run(statement);
        }
        for (SinkTarget target : targets) {
            if (target.mode().loadsAside()) {
                loadAside(target);
            }
        }
        return new Preparation(script.statements(), script.notes());
    }

    private void prepare(StepId step, SinkTarget target) throws SQLException {
        if (!pretended) {
            asides.takeOver(step, target.name());
        }
        TableDescription found = find(target.name());
        boolean own = !pretended && steps.isCreatedBy(step, target);
        if (found != null && target.first().create() == CreateMode.RECREATE && !own) {
            script.run(dialect.sink().drop(dialect.words().table(target.name())));
            found = null;
        }
        if (!pretended) {
            steps.book(step, target, found == null || own);
        }
        if (found == null) {
            script.run(SinkSql.create(dialect, target));
        } else {
            adapt(target, found);
        }
    }

    private void loadAside(SinkTarget target) throws SQLException {
        String aside = dialect.words().table(target.loaded());
        if (!pretended && catalog.exists(target.loaded())) {
            script.quietly(dialect.sink().drop(aside));
        }
        for (String statement : dialect.sink().createLike(aside, dialect.words().table(target.name()))) {
            script.run(statement);
        }
        TableDescription found = find(target.name());
        Key primary = found == null ? null : found.primaryKey();
        List<String> key = primary == null ? found == null ? target.key() : List.of() : primary.columns();
        if (!key.isEmpty()) {
            script.run(SinkSql.addKey(dialect, aside, key));
        }
        if (found != null && target.mode() == WriteMode.SWAP) {
            int number = 0;
            for (Index index : found.indexes()) {
                if (!index.columns().isEmpty()) {
                    script.run(SinkSql.index(
                            dialect, aside, target.loaded().name() + "_" + ++number, index.unique(), index.columns()));
                }
            }
            script.note(target.name().display() + ": a swap takes the primary key and plain indexes along; grants, "
                    + "triggers, checks and defaults of the table are not");
        }
    }

    private @Nullable TableDescription find(TableName name) throws SQLException {
        return catalog.describe(List.of(name)).stream().findFirst().orElse(null);
    }

    private void check(SinkTarget target, @Nullable TableDescription found) throws SQLException {
        String name = target.name().display();
        for (Field field : Field.of(target.columns())) {
            String why = dialect.sink().unwritable(field);
            if (why != null) {
                throw new GodwitException(
                        ErrorCode.NOT_SUPPORTED,
                        name + ", column " + field.name() + ": " + why,
                        "Leave the column out under columns:, or give it another type there.");
            }
        }
        if (found == null) {
            if (target.first().create() == CreateMode.NEVER) {
                throw new GodwitException(
                        ErrorCode.TARGET_TABLE_NOT_FOUND,
                        name + ": no such table in the target database",
                        "Create it, or let the job create it (create: if-missing).");
            }
            return;
        }
        if (!found.kind().equals(DialectCatalog.TABLE)) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    name + " is a " + found.kind() + ", which cannot be loaded",
                    "Name a table.");
        }
        boolean referring = !found.foreignKeys().isEmpty();
        if (target.mode() == WriteMode.SWAP && (referring || catalog.isReferredTo(target.name()))) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    name + " has foreign keys, or others refer to it, which a swap would lose",
                    "Use mode: overwrite.");
        }
        if (referring) {
            script.note(
                    name + ": the server checks its foreign keys row by row; load the tables that it refers to before");
        }
    }

    /** Adds columns that the plan has and the target lacks: whoever planned so was allowed to. */
    private void adapt(SinkTarget target, TableDescription found) throws SQLException {
        for (ColumnPlan column : target.columns()) {
            if (found.column(column.target()).isEmpty()) {
                script.run(SinkSql.addColumn(dialect, target, column));
            }
        }
        target.checkKey(found);
    }
}
