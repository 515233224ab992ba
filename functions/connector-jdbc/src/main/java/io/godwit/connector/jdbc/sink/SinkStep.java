package io.godwit.connector.jdbc.sink;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.ClosingProtocol;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.run.StepId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A step as Godwit's own tables have it, in a transaction of the caller's. What may be done {@link ClosingProtocol}
 * says.
 */
public final class SinkStep {
    private final JdbcSession session;
    private final OwnTables tables;
    private final SinkRuns runs;
    private final SinkLedger ledger;
    private final StepId step;

    public SinkStep(JdbcSession session, OwnTables tables, StepId step) {
        this.session = session;
        this.tables = tables;
        this.runs = tables.runs(session);
        this.ledger = tables.ledger(session);
        this.step = step;
    }

    /** Locks the step, which is there from now on. Says what preparing it has answered; empty: it is to be prepared. */
    public Optional<Preparation> answered(PrepareStep question) throws SQLException {
        runs.open(step);
        RunRow run = runs.lock(step);
        boolean acts = ClosingProtocol.prepares(step, run, ledger.written(step));
        return acts && !runs.isPreparedFor(step, Fingerprint.of(question))
                ? Optional.empty()
                : Optional.of(runs.preparation(step));
    }

    public void answer(PrepareStep question, Preparation preparation) throws SQLException {
        runs.prepared(step, Fingerprint.of(question), preparation);
    }

    /** Locks the step. Says what publishing it has answered; empty: it is to be published. */
    public Optional<Published> answered(PublishStep question) throws SQLException {
        boolean there = tables.areThere(session);
        RunRow run = there ? runs.lock(step) : RunRow.ABSENT;
        SubtaskSet written = there ? ledger.writtenSet(step) : SubtaskSet.EMPTY;
        return ClosingProtocol.publishes(step, run, written, question.subtasks())
                ? Optional.empty()
                : Optional.of(runs.published(step));
    }

    public void answer(Published published) throws SQLException {
        runs.publish(step, published);
    }

    /** Closes it, unless it is. Says whether that was done now, and for good: what was loaded aside may go. */
    public boolean close(CloseStep question) throws SQLException {
        if (!tables.areThere(session) || !ClosingProtocol.closes(runs.lock(step))) {
            return false;
        }
        boolean forEver = question.cancelled() || runs.isCancelled(step);
        runs.close(step, forEver);
        ledger.voidUnwritten(question.unwritten());
        return forEver;
    }

    /**
     * Opens it again, where it was closed.
     *
     * @throws GodwitException RUN_CLOSED where it was closed for good
     */
    public Ledger reopen(CloseStep question) throws SQLException {
        if (!tables.areThere(session) || !ClosingProtocol.reopens(runs.lock(step))) {
            return ledger();
        }
        if (runs.isCancelled(step)) {
            throw new GodwitException(
                    ErrorCode.RUN_CLOSED,
                    "step " + step + " was cancelled in the sink, or a later run took its place",
                    "Start a new run.");
        }
        runs.reopen(step);
        ledger.takeBackVoids(question.unwritten());
        return ledger();
    }

    public Ledger voidUnwritten(VoidSubtasks question) throws SQLException {
        if (tables.areThere(session) && runs.lockShared(step) == RunRow.OPEN) {
            ledger.voidUnwritten(question.subtasks());
        }
        return ledger();
    }

    public Ledger ledger() throws SQLException {
        return tables.areThere(session)
                ? new Ledger(runs.find(step), ledger.entries(step))
                : new Ledger(RunRow.ABSENT, List.of());
    }
}
