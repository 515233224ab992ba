package io.godwit.platform.store;

import io.godwit.core.ledger.RunRow;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.run.StepId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The run rows of sinks without transactions, in one transaction of the control store. */
final class SinkRunRows {
    private final StoreTransaction store;

    SinkRunRows(StoreTransaction store) {
        this.store = store;
    }

    RunRow find(StepId step) {
        return state(step, "");
    }

    /** Locks the row against being closed, until the transaction ends. */
    RunRow lockShared(StepId step) {
        return state(step, " for share");
    }

    /** Locks the row against everybody, until the transaction ends. */
    RunRow lock(StepId step) {
        return state(step, " for update");
    }

    /** Nobody else passes here with one of the places until the transaction ends. */
    void lockPlaces(List<String> places) {
        // In one order, so that no two wait for each other.
        places.stream()
                .sorted()
                .distinct()
                .forEach(place ->
                        store.list("select pg_advisory_xact_lock(hashtextextended(?, 4711))", row -> true, place));
    }

    List<String> places(StepId step) {
        return store.first("select places from godwit.sink_run where step = ?", row -> texts(row, 1), step.value())
                .orElse(List.of());
    }

    /** Inserts an open row that is not prepared yet, unless there is one. */
    void open(StepId step, List<String> places) {
        store.change(
                "insert into godwit.sink_run (step, state, places) values (?, 'open', ?) on conflict (step) do nothing",
                step.value(),
                places.toArray(new String[0]));
    }

    /** Failed steps that write one of these places are never opened again: a later one takes their place. */
    List<StepId> takeOver(StepId step, List<String> places) {
        return store.list(
                "update godwit.sink_run set state = 'cancelled' where state = 'failed' and step <> ? and places && ? "
                        + "returning step",
                row -> new StepId(row.getString(1)),
                step.value(),
                places.toArray(new String[0]));
    }

    void prepared(StepId step, String question, Preparation preparation) {
        store.change(
                "update godwit.sink_run set prepared_for = ?, prepared_statements = ?, prepared_notes = ? "
                        + "where step = ?",
                question,
                preparation.statements().toArray(new String[0]),
                preparation.notes().toArray(new String[0]),
                step.value());
    }

    /** Whether this very question was answered. */
    boolean isPreparedFor(StepId step, String question) {
        return store.first(
                        "select coalesce(prepared_for = ?, false) from godwit.sink_run where step = ?",
                        row -> row.getBoolean(1),
                        question,
                        step.value())
                .orElse(false);
    }

    Preparation preparation(StepId step) {
        return store.list(
                        "select prepared_statements, prepared_notes from godwit.sink_run where step = ?",
                        row -> new Preparation(texts(row, 1), texts(row, 2)),
                        step.value())
                .get(0);
    }

    /** Puts on record that the step shall be published, and as what. */
    void publishing(StepId step, String question) {
        store.change(
                "update godwit.sink_run set state = 'publishing', published_for = ? where step = ?",
                question,
                step.value());
    }

    /** What the step shall be published as; empty where it shall not, or has been. */
    Optional<String> publishing(StepId step) {
        return store.first(
                "select published_for from godwit.sink_run where step = ? and state = 'publishing'",
                row -> row.getString(1),
                step.value());
    }

    /** Another step that is being published at one of the places. */
    Optional<String> publishingAt(StepId step, List<String> places) {
        return store.first(
                "select step from godwit.sink_run where state = 'publishing' and step <> ? and places && ? limit 1",
                row -> row.getString(1),
                step.value(),
                places.toArray(new String[0]));
    }

    void publish(StepId step, Published published) {
        store.change(
                "update godwit.sink_run set state = 'published', closed_at = now(), published_statements = ?, "
                        + "published_notes = ? where step = ?",
                published.statements().toArray(new String[0]),
                published.notes().toArray(new String[0]),
                step.value());
    }

    Published published(StepId step) {
        return store.list(
                        "select published_statements, published_notes from godwit.sink_run where step = ?",
                        row -> new Published(texts(row, 1), texts(row, 2)),
                        step.value())
                .get(0);
    }

    void close(StepId step, boolean cancelled) {
        store.change(
                "update godwit.sink_run set state = ?, closed_at = now() where step = ?",
                cancelled ? "cancelled" : "failed",
                step.value());
    }

    /** Whether the step was closed for good, although it was not published. */
    boolean isCancelled(StepId step) {
        return store.first(
                        "select state = 'cancelled' from godwit.sink_run where step = ?",
                        row -> row.getBoolean(1),
                        step.value())
                .orElse(false);
    }

    void reopen(StepId step) {
        store.change("update godwit.sink_run set state = 'open', closed_at = null where step = ?", step.value());
    }

    private RunRow state(StepId step, String lock) {
        return store.first(
                        "select state, prepared_for from godwit.sink_run where step = ?" + lock,
                        SinkRunRows::state,
                        step.value())
                .orElse(RunRow.ABSENT);
    }

    private static RunRow state(ResultSet row) throws SQLException {
        return switch (row.getString(1)) {
            case "open" -> row.getString(2) == null ? RunRow.ABSENT : RunRow.OPEN;
            // Past the point of no return nothing is written any more.
            case "publishing", "published" -> RunRow.PUBLISHED;
            default -> RunRow.CLOSED;
        };
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
