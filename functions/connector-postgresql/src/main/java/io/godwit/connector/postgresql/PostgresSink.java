package io.godwit.connector.postgresql;

import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.LastingSession;
import io.godwit.connector.jdbc.LastingSession.Work;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.sink.Fingerprint;
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
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database as a sink. What it keeps there is said at {@link PostgresSinkSchema}. */
final class PostgresSink implements Sink {
    private static final System.Logger LOG = System.getLogger(PostgresSink.class.getName());

    /** How long a writer that does nothing is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For the server's answers while it builds indexes, or runs a user's SQL: longer than any. Milliseconds. */
    private static final int LONG_TIMEOUT = 6 * 60 * 60 * 1000;

    /** How long a table that only lacks its key is waited for while others are at it. */
    private static final String KEY_PATIENCE = "10s";

    private final Connection connection;
    private final PostgresErrors errors;
    private final Duration patience;
    private final LastingSession<PostgresSinkSession> session;

    PostgresSink(Connection connection, SecretResolver secrets) {
        this(connection, secrets, PATIENCE);
    }

    PostgresSink(Connection connection, SecretResolver secrets, Duration patience) {
        this.connection = connection;
        this.errors = new PostgresErrors(Side.SINK, connection);
        this.session = new LastingSession<>(() -> PostgresSinkSession.open(connection, secrets), errors::during);
        this.patience = patience;
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return session.transaction("testing", open -> new PostgresSinkReport(open).read(start));
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return session.transaction(
                "describing tables", open -> new PostgresCatalog(open.jdbc(), connection.database()).describe(tables));
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        PostgresSinkSession open = session.get();
        try {
            PostgresSinkScript script = new PostgresSinkScript(open, true);
            return new PostgresSinkPreparation(open, script, connection.database()).prepare(question, true);
        } catch (SQLException e) {
            throw errors.during(e, "previewing step " + question.step());
        } finally {
            open.rollbackQuietly();
        }
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        return longTransaction("preparing step " + question.step(), open -> {
            PostgresSinkSchema.install(open);
            PostgresSinkRuns runs = new PostgresSinkRuns(open);
            StepId step = question.step();
            boolean fresh = runs.open(step);
            RunRow run = fresh ? RunRow.ABSENT : runs.lock(step);
            String fingerprint = Fingerprint.of(question);
            boolean acts = ClosingProtocol.prepares(step, run, new PostgresSinkLedger(open).written(step));
            // Asked once more about another plan, it acts only while no row is lost by it.
            if (!acts || (!fresh && runs.isPreparedFor(step, fingerprint))) {
                return runs.preparation(step);
            }
            PostgresSinkScript script = new PostgresSinkScript(open, false);
            Preparation preparation =
                    new PostgresSinkPreparation(open, script, connection.database()).prepare(question, fresh);
            runs.prepared(step, fingerprint, preparation);
            return preparation;
        });
    }

    @Override
    public Published publish(PublishStep question) {
        return longTransaction("publishing step " + question.step(), open -> {
            PostgresSinkRuns runs = new PostgresSinkRuns(open);
            StepId step = question.step();
            boolean installed = PostgresSinkSchema.isInstalled(open);
            RunRow run = installed ? lock(open, step) : RunRow.ABSENT;
            SubtaskSet written = installed ? new PostgresSinkLedger(open).writtenSet(step) : SubtaskSet.EMPTY;
            if (!ClosingProtocol.publishes(step, run, written, question.subtasks())) {
                return runs.published(step);
            }
            PostgresSinkScript script = new PostgresSinkScript(open, false);
            Published published = new PostgresSinkPublication(open, script).publish(question);
            runs.publish(step, published);
            return published;
        });
    }

    @Override
    public Ledger close(CloseStep question) {
        Ledger ledger = session.transaction("closing step " + question.step(), open -> {
            StepId step = question.step();
            if (!PostgresSinkSchema.isInstalled(open) || !ClosingProtocol.closes(lock(open, step))) {
                return ledger(open, step);
            }
            PostgresSinkRuns runs = new PostgresSinkRuns(open);
            boolean forEver = question.cancelled() || runs.isCancelled(step);
            runs.close(step, forEver);
            new PostgresSinkLedger(open).voidUnwritten(step, question.unwritten());
            PostgresSinkScript script = new PostgresSinkScript(open, false);
            new PostgresSinkSuspension(open, script).restoreAsFarAsPossible(step);
            if (forEver) {
                new PostgresSinkAside(open, script).dropAll(step.value());
            }
            return ledger(open, step);
        });
        giveKeysNobodyWillGive(question.step());
        return ledger;
    }

    /**
     * To the tables of a step that is closed for good, where their rows allow. A transaction for each: somebody who
     * reads several of them in another order waits for one lock, never in a circle.
     */
    private void giveKeysNobodyWillGive(StepId step) {
        String doing = "giving keys to the tables of step " + step;
        for (String table : session.transaction(doing, open -> unfinished(open).leftWithoutKey(step))) {
            try {
                longTransaction(doing, open -> {
                    open.setLocal("lock_timeout", KEY_PATIENCE);
                    return unfinished(open).giveKey(table);
                });
            } catch (GodwitException e) {
                LOG.log(System.Logger.Level.INFO, "{0} stays without its key: {1}", table, e.getMessage());
            }
        }
    }

    private static PostgresSinkUnfinished unfinished(PostgresSinkSession open) {
        return new PostgresSinkUnfinished(open, new PostgresSinkScript(open, false));
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return session.transaction(
                "reading the quarantine of step " + question.step(),
                open -> new PostgresSinkQuarantined(open).read(question));
    }

    @Override
    public Ledger reopen(CloseStep question) {
        return session.transaction("reopening step " + question.step(), open -> {
            StepId step = question.step();
            if (!PostgresSinkSchema.isInstalled(open) || !ClosingProtocol.reopens(lock(open, step))) {
                return ledger(open, step);
            }
            PostgresSinkRuns runs = new PostgresSinkRuns(open);
            if (runs.isCancelled(step)) {
                throw new GodwitException(
                        ErrorCode.RUN_CLOSED,
                        "step " + step + " was cancelled in the sink, or a later run took its place",
                        "Start a new run.");
            }
            runs.reopen(step);
            new PostgresSinkLedger(open).takeBackVoids(question.unwritten());
            new PostgresSinkSuspension(open, new PostgresSinkScript(open, false)).suspendAgain(step);
            return ledger(open, step);
        });
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        return session.transaction("voiding subtasks of step " + question.step(), open -> {
            StepId step = question.step();
            PostgresSinkWriters writers = new PostgresSinkWriters(open, patience);
            boolean installed = PostgresSinkSchema.isInstalled(open);
            if (installed && new PostgresSinkRuns(open).lockShared(step) == RunRow.OPEN) {
                for (SubtaskId subtask : question.subtasks()) {
                    writers.await(subtask);
                }
                new PostgresSinkLedger(open).voidUnwritten(step, question.subtasks());
            }
            return ledger(open, step);
        });
    }

    @Override
    public Ledger ledger(StepId step) {
        return session.transaction("reading the ledger of step " + step, open -> ledger(open, step));
    }

    @Override
    public Transaction begin(TablePlan table, Duration most) {
        PostgresSinkSession open = session.get();
        return new PostgresSinkTransaction(open, new PostgresSinkWriters(open, patience), errors, table, most);
    }

    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        session.transaction("reading back " + PostgresSinkTarget.name(table).display(), open -> {
            new PostgresSinkScan(open, table).scan(split, rows);
            return true;
        });
    }

    @Override
    public void close() {
        session.close();
    }

    private RunRow lock(PostgresSinkSession open, StepId step) throws SQLException {
        return new PostgresSinkWriters(open, patience)
                .withoutWriters(step, () -> new PostgresSinkRuns(open).lock(step));
    }

    private static Ledger ledger(PostgresSinkSession open, StepId step) throws SQLException {
        return PostgresSinkSchema.isInstalled(open)
                ? new Ledger(new PostgresSinkRuns(open).find(step), new PostgresSinkLedger(open).entries(step))
                : new Ledger(RunRow.ABSENT, List.of());
    }

    private <T> T longTransaction(String doing, Work<PostgresSinkSession, T> work) {
        return session.transaction(doing, open -> {
            int usual = open.jdbc().getNetworkTimeout();
            open.jdbc().setNetworkTimeout(Runnable::run, LONG_TIMEOUT);
            try {
                return work.run(open);
            } finally {
                if (!open.isClosed()) {
                    open.jdbc().setNetworkTimeout(Runnable::run, usual);
                }
            }
        });
    }
}
