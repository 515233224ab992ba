package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.connector.jdbc.LastingSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.sink.SinkStep;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.ClosingProtocol;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database of some dialect as a sink. What it keeps there is said at {@link SinkSchema}. */
public final class DialectSink implements Sink {
    private final Dialect dialect;
    private final Connection connection;
    private final DialectSessions sessions;
    private final DialectErrors errors;
    private final SinkSchema tables;
    private final LastingSession<JdbcSession> session;

    public DialectSink(Dialect dialect, Connection connection, SecretResolver secrets) {
        this.dialect = dialect;
        this.connection = connection;
        this.sessions = new DialectSessions(dialect, connection, secrets, Side.SINK);
        this.errors = sessions.errors();
        this.session = new LastingSession<>(sessions::open, errors::during);
        this.tables = new SinkSchema(dialect, errors);
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return session.transaction("testing", open -> {
            String unfit = dialect.sink().unfit(open);
            return DialectSource.report(dialect, open, start, unfit == null ? List.of() : List.of(unfit));
        });
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return session.transaction(
                "describing tables", open -> new DialectCatalog(open, dialect, connection.database()).describe(tables));
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return session.transaction(
                "previewing step " + question.step(),
                open -> new SinkPreparation(open, dialect, asides(open), connection.database(), true)
                        .prepare(question));
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        StepId step = question.step();
        return session.transaction("preparing step " + step, open -> {
            tables.install(open);
            return alone(step, () -> {
                SinkStep own = step(open, step);
                Optional<Preparation> before = own.answered(question);
                if (before.isPresent()) {
                    return before.get();
                }
                open.commit();
                Preparation preparation = new SinkPreparation(open, dialect, asides(open), connection.database(), false)
                        .prepare(question);
                own.answer(question, preparation);
                open.commit();
                return preparation;
            });
        });
    }

    @Override
    public Published publish(PublishStep question) {
        StepId step = question.step();
        return session.transaction("publishing step " + step, open -> {
            if (!tables.areThere(open)) {
                ClosingProtocol.publishes(step, RunRow.ABSENT, SubtaskSet.EMPTY, question.subtasks());
            }
            return alone(step, () -> {
                Optional<Published> before = step(open, step).answered(question);
                if (before.isPresent()) {
                    open.commit();
                    forget(open, step);
                    return before.get();
                }
                return dialect.sink().definesInTransactions()
                        ? publish(question, open, open)
                        : publishBeside(question, open);
            });
        });
    }

    private Published publishBeside(PublishStep question, JdbcSession open) throws SQLException {
        try (JdbcSession definitions = sessions.open()) {
            return publish(question, open, definitions);
        }
    }

    private Published publish(PublishStep question, JdbcSession open, JdbcSession definitions) throws SQLException {
        DialectAsides asides = asides(definitions);
        Published published = new SinkPublication(
                        open, definitions, dialect, errors, tables, asides, connection.database())
                .publish(question);
        step(open, question.step()).answer(published);
        open.commit();
        asides.published(question.step());
        return published;
    }

    /** What whoever published the step could not drop any more. */
    private void forget(JdbcSession open, StepId step) throws SQLException {
        try {
            asides(open).published(step);
        } catch (SQLException e) {
            if (errors.isInterrupted(e)) {
                throw e;
            }
            // Nothing hangs on it, and the step stays published.
            open.rollbackQuietly();
        }
    }

    private DialectAsides asides(JdbcSession open) {
        return new DialectAsides(open, dialect, sessions::open);
    }

    @Override
    public Ledger close(CloseStep question) {
        StepId step = question.step();
        return session.transaction("closing step " + step, open -> {
            if (!tables.areThere(open)) {
                return step(open, step).ledger();
            }
            return alone(step, () -> {
                SinkStep own = step(open, step);
                boolean forEver = own.close(question);
                Ledger ledger = own.ledger();
                open.commit();
                if (forEver) {
                    asides(open).cancelled(step);
                }
                return ledger;
            });
        });
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return session.transaction(
                "reading the quarantine of step " + question.step(),
                open -> tables.areThere(open)
                        ? tables.quarantined(open).read(question)
                        : new QuarantinePage(List.of()));
    }

    @Override
    public Ledger reopen(CloseStep question) {
        StepId step = question.step();
        return session.transaction(
                "reopening step " + step, open -> step(open, step).reopen(question));
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        StepId step = question.step();
        return session.transaction(
                "voiding subtasks of step " + step, open -> step(open, step).voidUnwritten(question));
    }

    @Override
    public Ledger ledger(StepId step) {
        return session.transaction(
                "reading the ledger of step " + step, open -> step(open, step).ledger());
    }

    @Override
    public Transaction begin(TablePlan table, Duration most) {
        return new DialectTransaction(session.get(), dialect, errors, tables, SinkTarget.of(table), most);
    }

    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        SinkTarget target = SinkTarget.of(table);
        String where = split instanceof Split.KeyRange range
                ? " WHERE " + KeyRangeSql.condition(range, new SinkScanWords(dialect, target))
                : "";
        session.transaction("reading back " + table.target().display(), open -> {
            new DialectSelect(dialect, Field.of(target.columns()), Long.MAX_VALUE)
                    .read(
                            open,
                            "FROM " + dialect.words().table(target.name()) + where,
                            (tuple, length, bytes) -> {
                                throw new GodwitException(ErrorCode.DEFECT, "a row without limit", "");
                            },
                            rows);
            return true;
        });
    }

    @FunctionalInterface
    private interface Alone<T> {
        T run() throws SQLException;
    }

    private <T> T alone(StepId step, Alone<T> work) throws SQLException {
        SinkGuard guard = SinkGuard.of(sessions.open(), step);
        try {
            return work.run();
        } finally {
            guard.close();
        }
    }

    @Override
    public void close() {
        session.close();
    }

    private SinkStep step(JdbcSession open, StepId step) {
        return new SinkStep(open, tables, step);
    }
}
