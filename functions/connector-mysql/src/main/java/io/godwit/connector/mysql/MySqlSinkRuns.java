package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.StepId;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The run rows. One that is not prepared to its end counts for nothing: DDL commits as it goes. */
final class MySqlSinkRuns {
    private static final String STATE = "SELECT state, prepared_for FROM godwit_run WHERE step = ?";

    private final JdbcSession session;

    MySqlSinkRuns(JdbcSession session) {
        this.session = session;
    }

    /** Says how the row stands, as seen by the transaction. */
    RunRow find(StepId step) throws SQLException {
        return session.first(STATE, MySqlSinkRuns::state, step.value()).orElse(RunRow.ABSENT);
    }

    /** Locks the row against being closed, until the transaction ends. */
    RunRow lockShared(StepId step) throws SQLException {
        return session.first(STATE + " LOCK IN SHARE MODE", MySqlSinkRuns::state, step.value())
                .orElse(RunRow.ABSENT);
    }

    /** Locks the row against everybody, until the transaction ends. */
    RunRow lock(StepId step) throws SQLException {
        return session.first(STATE + " FOR UPDATE", MySqlSinkRuns::state, step.value())
                .orElse(RunRow.ABSENT);
    }

    /** Inserts a row that is not prepared yet, unless there is one. */
    void open(StepId step) throws SQLException {
        session.change(
                "INSERT INTO godwit_run (step, state) VALUES (?, 'open') ON DUPLICATE KEY UPDATE step = step",
                step.value());
    }

    void prepared(StepId step, String question, Preparation preparation) throws SQLException {
        session.change(
                "UPDATE godwit_run SET prepared_for = ?, prepared_statements = ?, prepared_notes = ? WHERE step = ?",
                question,
                Texts.join(preparation.statements()),
                Texts.join(preparation.notes()),
                step.value());
    }

    /** Whether this very question was answered. */
    boolean isPreparedFor(StepId step, String question) throws SQLException {
        return session.first(
                        "SELECT prepared_for = ? FROM godwit_run WHERE step = ?",
                        row -> row.getBoolean(1),
                        question,
                        step.value())
                .orElse(false);
    }

    /** What preparing the step answered. */
    Preparation preparation(StepId step) throws SQLException {
        return session.one(
                "SELECT prepared_statements, prepared_notes FROM godwit_run WHERE step = ?",
                row -> new Preparation(Texts.split(row.getString(1)), Texts.split(row.getString(2))),
                step.value());
    }

    void publish(StepId step, Published published) throws SQLException {
        session.change(
                "UPDATE godwit_run SET state = 'published', closed_at = CURRENT_TIMESTAMP(6), published_statements = ?, "
                        + "published_notes = ? WHERE step = ?",
                Texts.join(published.statements()),
                Texts.join(published.notes()),
                step.value());
    }

    /** What publishing the step answered. */
    Published published(StepId step) throws SQLException {
        return session.one(
                "SELECT published_statements, published_notes FROM godwit_run WHERE step = ?",
                row -> new Published(Texts.split(row.getString(1)), Texts.split(row.getString(2))),
                step.value());
    }

    void close(StepId step, boolean cancelled) throws SQLException {
        session.change(
                "UPDATE godwit_run SET state = ?, closed_at = CURRENT_TIMESTAMP(6) WHERE step = ?",
                cancelled ? "cancelled" : "failed",
                step.value());
    }

    /** Whether the step was closed for good, although it was not published. */
    boolean isCancelled(StepId step) throws SQLException {
        return session.first(
                        "SELECT state = 'cancelled' FROM godwit_run WHERE step = ?",
                        row -> row.getBoolean(1),
                        step.value())
                .orElse(false);
    }

    void reopen(StepId step) throws SQLException {
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
