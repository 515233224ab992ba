package io.godwit.connector.mysql;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.connector.jdbc.LastingSession;
import io.godwit.connector.jdbc.LastingSession.Work;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.sink.SinkScript;
import io.godwit.connector.jdbc.sink.SinkStep;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A MySQL or MariaDB database as a sink. What it keeps there is said at {@link MySqlSinkSchema}. */
final class MySqlSink implements Sink {
    /** For the server's answers while it builds indexes, or runs a user's SQL: longer than any. Milliseconds. */
    private static final int LONG_TIMEOUT = 6 * 60 * 60 * 1000;

    private final Connection connection;
    private final SecretResolver secrets;
    private final MySqlErrors errors;
    private final MySqlSinkSchema tables = new MySqlSinkSchema();
    private final LastingSession<JdbcSession> session;

    MySqlSink(Connection connection, SecretResolver secrets) {
        this.connection = connection;
        this.secrets = secrets;
        this.errors = new MySqlErrors(Side.SINK, connection);
        this.session = new LastingSession<>(() -> MySqlSessions.open(connection, secrets, Side.SINK), errors::during);
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return session.transaction("testing", open -> MySqlReport.of(open, start, notes(open)));
    }

    private static List<String> notes(JdbcSession open) throws SQLException {
        List<String> notes = new ArrayList<>();
        if (!open.one("SELECT @@local_infile", row -> row.getBoolean(1))) {
            notes.add("local_infile is off on the server: rows are inserted instead of loaded, which is slower");
        }
        return notes;
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return session.transaction(
                "describing tables", open -> new MySqlCatalog(open, connection.database()).describe(tables));
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return session.transaction(
                "previewing step " + question.step(),
                open -> new MySqlSinkPreparation(open, new SinkScript(open, true), true, connection.database())
                        .prepare(question));
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        StepId step = question.step();
        return alone("preparing step " + step, step, open -> {
            tables.install(open);
            SinkStep own = step(open, step);
            Optional<Preparation> before = own.answered(question);
            if (before.isPresent()) {
                return before.get();
            }
            open.commit();
            Preparation preparation = new MySqlSinkPreparation(
                            open, new SinkScript(open, false), false, connection.database())
                    .prepare(question);
            own.answer(question, preparation);
            return preparation;
        });
    }

    @Override
    public Published publish(PublishStep question) {
        StepId step = question.step();
        return alone("publishing step " + step, step, open -> {
            SinkStep own = step(open, step);
            Optional<Published> before = own.answered(question);
            if (before.isPresent()) {
                open.commit();
                forget(open, step);
                return before.get();
            }
            try (JdbcSession definitions = MySqlSessions.open(connection, secrets, Side.SINK)) {
                definitions.jdbc().setNetworkTimeout(Runnable::run, LONG_TIMEOUT);
                Published published =
                        new MySqlSinkPublication(open, definitions, tables, connection.database()).publish(question);
                own.answer(published);
                open.commit();
                asides(definitions).published(step);
                return published;
            }
        });
    }

    /** What whoever published the step could not drop any more. */
    private void forget(JdbcSession open, StepId step) throws SQLException {
        try {
            asides(open).published(step);
        } catch (SQLException e) {
            if (MySqlErrors.isTransient(e)) {
                throw e;
            }
            // Nothing hangs on it, and the step stays published.
        }
    }

    private MySqlSinkAsides asides(JdbcSession open) {
        return new MySqlSinkAsides(open, connection.database());
    }

    @Override
    public Ledger close(CloseStep question) {
        StepId step = question.step();
        return alone("closing step " + step, step, open -> {
            SinkStep own = step(open, step);
            boolean forEver = own.close(question);
            Ledger ledger = own.ledger();
            open.commit();
            if (forEver) {
                asides(open).cancelled(step);
            }
            return ledger;
        });
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return session.transaction("reading the quarantine of step " + question.step(), open -> {
            if (!tables.areThere(open)) {
                return new QuarantinePage(List.of());
            }
            // Tables of an older Godwit lack a column that is asked for.
            tables.install(open);
            return tables.quarantined(open).read(question);
        });
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
        return new MySqlSinkTransaction(session.get(), errors, tables, SinkTarget.schemaless(table), most);
    }

    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        SinkTarget target = SinkTarget.schemaless(table);
        List<MySqlSelect.Selected> columns = table.columns().stream()
                .map(column -> new MySqlSelect.Selected(column.target(), column.wireType()))
                .toList();
        String where = split instanceof Split.KeyRange range
                ? " WHERE " + KeyRangeSql.condition(range, new MySqlScanWords(target))
                : "";
        session.transaction("reading back " + table.target().display(), open -> {
            new MySqlSelect(columns, Long.MAX_VALUE, false)
                    .read(
                            open,
                            "FROM " + Quoting.table(target.name()) + where,
                            (tuple, length, bytes) -> new GodwitException(ErrorCode.DEFECT, "a row without limit", ""),
                            rows);
            return true;
        });
    }

    @Override
    public void close() {
        session.close();
    }

    private SinkStep step(JdbcSession open, StepId step) {
        return new SinkStep(open, tables, step);
    }

    /** Alone with the step: what commits as it goes is not begun by two. */
    private <T> T alone(String doing, StepId step, Work<JdbcSession, T> work) {
        return session.transaction(doing, open -> {
            int usual = open.jdbc().getNetworkTimeout();
            open.jdbc().setNetworkTimeout(Runnable::run, LONG_TIMEOUT);
            MySqlSessions.mayStandStill(open);
            MySqlSinkLock lock = MySqlSinkLock.of(open, connection.database(), step);
            try {
                T result = work.run(open);
                open.commit();
                return result;
            } finally {
                lock.close();
                if (!open.isClosed()) {
                    open.jdbc().setNetworkTimeout(Runnable::run, usual);
                }
            }
        });
    }
}
