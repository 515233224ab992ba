package io.godwit.connector.postgresql;

import io.godwit.core.ledger.RunRow;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.StepId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The run rows. */
final class PostgresSinkRuns {
    private final PostgresSinkSession session;

    PostgresSinkRuns(PostgresSinkSession session) {
        this.session = session;
    }

    /** Says how the row stands, as seen by the transaction. */
    RunRow find(StepId step) throws SQLException {
        return session.first("SELECT state FROM godwit.run WHERE step = ?", PostgresSinkRuns::state, step.value())
                .orElse(RunRow.ABSENT);
    }

    /** Locks the row against being closed, until the transaction ends. */
    RunRow lockShared(StepId step) throws SQLException {
        return session.first(
                        "SELECT state FROM godwit.run WHERE step = ? FOR SHARE", PostgresSinkRuns::state, step.value())
                .orElse(RunRow.ABSENT);
    }

    /** Locks the row against everybody, until the transaction ends. */
    RunRow lock(StepId step) throws SQLException {
        return session.first(
                        "SELECT state FROM godwit.run WHERE step = ? FOR UPDATE", PostgresSinkRuns::state, step.value())
                .orElse(RunRow.ABSENT);
    }

    /** Inserts an open row, and locks it. Waits for whoever else inserts it; false where it is there. */
    boolean open(StepId step) throws SQLException {
        return session.change(
                        "INSERT INTO godwit.run (step, state, prepared_for, prepared_statements, prepared_notes) "
                                + "VALUES (?, 'open', '', '{}', '{}') ON CONFLICT (step) DO NOTHING",
                        step.value())
                == 1;
    }

    void prepared(StepId step, String question, Preparation preparation) throws SQLException {
        session.change(
                "UPDATE godwit.run SET prepared_for = ?, prepared_statements = ?, prepared_notes = ? WHERE step = ?",
                question,
                texts(preparation.statements()),
                texts(preparation.notes()),
                step.value());
    }

    /** Whether this very question was answered. */
    boolean isPreparedFor(StepId step, String question) throws SQLException {
        return session.one(
                "SELECT prepared_for = ? FROM godwit.run WHERE step = ?",
                row -> row.getBoolean(1),
                question,
                step.value());
    }

    /** What preparing the step answered. */
    Preparation preparation(StepId step) throws SQLException {
        return session.one(
                "SELECT prepared_statements, prepared_notes FROM godwit.run WHERE step = ?",
                row -> new Preparation(texts(row, 1), texts(row, 2)),
                step.value());
    }

    void publish(StepId step, Published published) throws SQLException {
        session.change(
                "UPDATE godwit.run SET state = 'published', closed_at = now(), published_statements = ?, "
                        + "published_notes = ? WHERE step = ?",
                texts(published.statements()),
                texts(published.notes()),
                step.value());
    }

    /** What publishing the step answered. */
    Published published(StepId step) throws SQLException {
        return session.one(
                "SELECT published_statements, published_notes FROM godwit.run WHERE step = ?",
                row -> new Published(texts(row, 1), texts(row, 2)),
                step.value());
    }

    void close(StepId step, boolean cancelled) throws SQLException {
        session.change(
                "UPDATE godwit.run SET state = ?, closed_at = now() WHERE step = ?",
                cancelled ? "cancelled" : "failed",
                step.value());
    }

    /** Whether the step was closed for good, although it was not published. */
    boolean isCancelled(StepId step) throws SQLException {
        return session.first(
                        "SELECT state = 'cancelled' FROM godwit.run WHERE step = ?",
                        row -> row.getBoolean(1),
                        step.value())
                .orElse(false);
    }

    void reopen(StepId step) throws SQLException {
        session.change("UPDATE godwit.run SET state = 'open', closed_at = NULL WHERE step = ?", step.value());
    }

    private static RunRow state(ResultSet row) throws SQLException {
        return switch (row.getString(1)) {
            case "open" -> RunRow.OPEN;
            case "published" -> RunRow.PUBLISHED;
            default -> RunRow.CLOSED;
        };
    }

    private static String[] texts(List<String> texts) {
        return texts.toArray(new String[0]);
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
