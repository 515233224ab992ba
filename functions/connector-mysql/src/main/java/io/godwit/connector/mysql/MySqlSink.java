package io.godwit.connector.mysql;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.connector.jdbc.Side;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A MySQL or MariaDB database as a sink. What it keeps there is said at {@link MySqlSinkSchema}. */
final class MySqlSink implements Sink {
    /** How long somebody else who prepares or publishes the same step is waited for. Seconds. */
    private static final int PATIENCE = 60;

    /** For the server's answers while it builds indexes, or runs a user's SQL: longer than any. Milliseconds. */
    private static final int LONG_TIMEOUT = 6 * 60 * 60 * 1000;

    private final Connection connection;
    private final SecretResolver secrets;
    private final MySqlErrors errors;
    private @Nullable JdbcSession session;

    MySqlSink(Connection connection, SecretResolver secrets) {
        this.connection = connection;
        this.secrets = secrets;
        this.errors = new MySqlErrors(Side.SINK, connection);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(JdbcSession session) throws SQLException;
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return transaction("testing", open -> MySqlReport.of(open, start, notes(open)));
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
        return transaction("describing tables", open -> new MySqlCatalog(open, connection.database()).describe(tables));
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return transaction(
                "previewing step " + question.step(),
                open -> new MySqlSinkPreparation(open, new MySqlSinkScript(open, true), true, connection.database())
                        .prepare(question));
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        StepId step = question.step();
        return alone("preparing step " + step, step, open -> {
            MySqlSinkSchema.install(open);
            MySqlSinkRuns runs = new MySqlSinkRuns(open);
            runs.open(step);
            RunRow run = runs.lock(step);
            boolean acts = ClosingProtocol.prepares(step, run, new MySqlSinkLedger(open).written(step));
            String fingerprint = MySqlSinkPreparation.fingerprint(question);
            if (!acts || runs.isPreparedFor(step, fingerprint)) {
                return runs.preparation(step);
            }
            open.commit();
            Preparation preparation = new MySqlSinkPreparation(
                            open, new MySqlSinkScript(open, false), false, connection.database())
                    .prepare(question);
            runs.prepared(step, fingerprint, preparation);
            return preparation;
        });
    }

    @Override
    public Published publish(PublishStep question) {
        StepId step = question.step();
        return alone("publishing step " + step, step, open -> {
            MySqlSinkRuns runs = new MySqlSinkRuns(open);
            boolean installed = MySqlSinkSchema.isInstalled(open);
            RunRow run = installed ? runs.lock(step) : RunRow.ABSENT;
            SubtaskSet written = installed ? new MySqlSinkLedger(open).writtenSet(step) : SubtaskSet.EMPTY;
            if (!ClosingProtocol.publishes(step, run, written, question.subtasks())) {
                return runs.published(step);
            }
            try (JdbcSession definitions = MySqlSessions.open(connection, secrets, Side.SINK)) {
                definitions.jdbc().setNetworkTimeout(Runnable::run, LONG_TIMEOUT);
                Published published =
                        new MySqlSinkPublication(open, definitions, connection.database()).publish(question);
                runs.publish(step, published);
                open.commit();
                MySqlSinkPublication.dropAsides(definitions, step);
                return published;
            }
        });
    }

    @Override
    public Ledger close(CloseStep question) {
        StepId step = question.step();
        return alone("closing step " + step, step, open -> {
            MySqlSinkRuns runs = new MySqlSinkRuns(open);
            if (!MySqlSinkSchema.isInstalled(open) || !ClosingProtocol.closes(runs.lock(step))) {
                return ledger(open, step);
            }
            boolean forEver = question.cancelled() || runs.isCancelled(step);
            runs.close(step, forEver);
            new MySqlSinkLedger(open).voidUnwritten(question.unwritten());
            Ledger ledger = ledger(open, step);
            open.commit();
            if (forEver) {
                MySqlSinkPublication.undoSwaps(open, step);
                MySqlSinkPublication.dropAsides(open, step);
            }
            return ledger;
        });
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return transaction(
                "reading the quarantine of step " + question.step(),
                open -> new MySqlSinkQuarantined(open).read(question));
    }

    @Override
    public Ledger reopen(CloseStep question) {
        StepId step = question.step();
        return transaction("reopening step " + step, open -> {
            MySqlSinkRuns runs = new MySqlSinkRuns(open);
            if (!MySqlSinkSchema.isInstalled(open) || !ClosingProtocol.reopens(runs.lock(step))) {
                return ledger(open, step);
            }
            if (runs.isCancelled(step)) {
                throw new GodwitException(
                        ErrorCode.RUN_CLOSED,
                        "step " + step + " was cancelled in the sink, or a later run took its place",
                        "Start a new run.");
            }
            runs.reopen(step);
            new MySqlSinkLedger(open).takeBackVoids(question.unwritten());
            return ledger(open, step);
        });
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        StepId step = question.step();
        return transaction("voiding subtasks of step " + step, open -> {
            if (MySqlSinkSchema.isInstalled(open) && new MySqlSinkRuns(open).lockShared(step) == RunRow.OPEN) {
                new MySqlSinkLedger(open).voidUnwritten(question.subtasks());
            }
            return ledger(open, step);
        });
    }

    @Override
    public Ledger ledger(StepId step) {
        return transaction("reading the ledger of step " + step, open -> ledger(open, step));
    }

    @Override
    public Transaction begin(TablePlan table, Duration most) {
        return new MySqlSinkTransaction(session(), errors, table, most);
    }

    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        List<MySqlSelect.Selected> columns = table.columns().stream()
                .map(column -> new MySqlSelect.Selected(column.target(), column.wireType()))
                .toList();
        String where = split instanceof Split.KeyRange range
                ? " WHERE " + KeyRangeSql.condition(range, new MySqlScanWords(table))
                : "";
        transaction("reading back " + table.target().display(), open -> {
            new MySqlSelect(columns, Long.MAX_VALUE, false)
                    .read(
                            open,
                            "FROM " + Quoting.table(MySqlSinkTarget.name(table)) + where,
                            (tuple, length, bytes) -> new GodwitException(ErrorCode.DEFECT, "a row without limit", ""),
                            rows);
            return true;
        });
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private static Ledger ledger(JdbcSession open, StepId step) throws SQLException {
        return MySqlSinkSchema.isInstalled(open)
                ? new Ledger(new MySqlSinkRuns(open).find(step), new MySqlSinkLedger(open).entries(step))
                : new Ledger(RunRow.ABSENT, List.of());
    }

    /** Opened at the first use, and again where the one before was lost. */
    private JdbcSession session() {
        try {
            if (session == null || session.isClosed()) {
                session = MySqlSessions.open(connection, secrets, Side.SINK);
            }
            return session;
        } catch (SQLException e) {
            throw errors.during(e, "opening a session");
        }
    }

    /** Alone with the step: what commits as it goes is not begun by two. */
    private <T> T alone(String doing, StepId step, Work<T> work) {
        String lock = String.format(Locale.ROOT, "godwit %08x %s", step.value().hashCode(), connection.database());
        String name = lock.length() > 64 ? lock.substring(0, 64) : lock;
        return transaction(doing, open -> {
            int usual = open.jdbc().getNetworkTimeout();
            open.jdbc().setNetworkTimeout(Runnable::run, LONG_TIMEOUT);
            if (!open.one("SELECT coalesce(GET_LOCK(?, ?), 0)", row -> row.getBoolean(1), name, PATIENCE)) {
                throw new GodwitException(
                        ErrorCode.SINK_INTERRUPTED, doing + ": somebody else is at it", "It will be tried again.");
            }
            try {
                T result = work.run(open);
                open.commit();
                return result;
            } finally {
                if (!open.isClosed()) {
                    open.rollbackQuietly();
                    open.list("SELECT RELEASE_LOCK(?)", row -> true, name);
                    open.jdbc().setNetworkTimeout(Runnable::run, usual);
                }
            }
        });
    }

    private <T> T transaction(String doing, Work<T> work) {
        JdbcSession open = session();
        try {
            T result = work.run(open);
            open.commit();
            return result;
        } catch (SQLException e) {
            open.rollbackQuietly();
            throw errors.during(e, doing);
        } catch (RuntimeException e) {
            open.rollbackQuietly();
            throw e;
        }
    }
}
