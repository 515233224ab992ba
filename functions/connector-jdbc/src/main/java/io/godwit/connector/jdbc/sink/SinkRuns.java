package io.godwit.connector.jdbc.sink;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Texts;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.StepId;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The run rows. One that is not prepared to its end counts for nothing: definitions may commit as they go. */
public abstract class SinkRuns {
    private static final String STATE = "SELECT state, prepared_for FROM godwit_run WHERE step = ?";

    protected final JdbcSession session;
    private final String now;

    /** @param now the moment of a statement, as SQL */
    protected SinkRuns(JdbcSession session, String now) {
        this.session = session;
        this.now = now;
    }

    /** Says how the row stands, as seen by the transaction. */
    public RunRow find(StepId step) throws SQLException {
        return find(step, "");
    }

    /** @param lock what stands behind the query */
    protected final RunRow find(StepId step, String lock) throws SQLException {
        return session.first(STATE + lock, SinkRuns::state, step.value()).orElse(RunRow.ABSENT);
    }

    /** Locks the row against being closed, until the transaction ends. */
    public abstract RunRow lockShared(StepId step) throws SQLException;

    /** Locks the row against everybody, until the transaction ends. */
    public abstract RunRow lock(StepId step) throws SQLException;

    /** Inserts a row that is not prepared yet, unless there is one. By one session at a time. */
    public abstract void open(StepId step) throws SQLException;

    public void prepared(StepId step, String question, Preparation preparation) throws SQLException {
        session.change(
                "UPDATE godwit_run SET prepared_for = ?, prepared_statements = ?, prepared_notes = ? WHERE step = ?",
                question,
                Texts.join(preparation.statements()),
                Texts.join(preparation.notes()),
                step.value());
    }

    /** Whether this very question was answered. */
    public boolean isPreparedFor(StepId step, String question) throws SQLException {
        return session.first(
                        "SELECT 1 FROM godwit_run WHERE step = ? AND prepared_for = ?",
                        row -> true,
                        step.value(),
                        question)
                .isPresent();
    }

    /** What preparing the step answered. */
    public Preparation preparation(StepId step) throws SQLException {
        return session.one(
                "SELECT prepared_statements, prepared_notes FROM godwit_run WHERE step = ?",
                row -> new Preparation(Texts.split(row.getString(1)), Texts.split(row.getString(2))),
                step.value());
    }

    public void publish(StepId step, Published published) throws SQLException {
        session.change(
                "UPDATE godwit_run SET state = 'published', closed_at = " + now
                        + ", published_statements = ?, published_notes = ? WHERE step = ?",
                Texts.join(published.statements()),
                Texts.join(published.notes()),
                step.value());
    }

    /** What publishing the step answered. */
    public Published published(StepId step) throws SQLException {
        return session.one(
                "SELECT published_statements, published_notes FROM godwit_run WHERE step = ?",
                row -> new Published(Texts.split(row.getString(1)), Texts.split(row.getString(2))),
                step.value());
    }

    public void close(StepId step, boolean cancelled) throws SQLException {
        session.change(
                "UPDATE godwit_run SET state = ?, closed_at = " + now + " WHERE step = ?",
                cancelled ? "cancelled" : "failed",
                step.value());
    }

    /** Whether the step was closed for good, although it was not published. */
    public boolean isCancelled(StepId step) throws SQLException {
        return session.first(
                        "SELECT 1 FROM godwit_run WHERE step = ? AND state = 'cancelled'", row -> true, step.value())
                .isPresent();
    }

    public void reopen(StepId step) throws SQLException {
        session.change("UPDATE godwit_run SET state = 'open', closed_at = NULL WHERE step = ?", step.value());
    }

    private static RunRow state(ResultSet row) throws SQLException {
        return switch (row.getString(1)) {
            case "open" -> row.getString(2) == null ? RunRow.ABSENT : RunRow.OPEN;
            case "published" -> RunRow.PUBLISHED;
            default -> RunRow.CLOSED;
        };
    }
}
