package io.godwit.connector.jdbc.sink;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables that steps load aside, and those that they replaced, as {@code godwit_target} has them. A swap commits
 * before its step is published, so that one may be found half done:
 *
 * <ul>
 *   <li>It is undone where the step is closed for good, and where a later step takes the table over, before that one
 *       looks at it; by whoever is alone with the step.
 *   <li>It is not undone once a later step of the table is prepared: what lies there may be that one's.
 *   <li>A table that a step replaced is dropped only when the step is published.
 * </ul>
 *
 * <p>Every method commits.
 */
public abstract class SinkAsides {
    private static final String LATER =
            "SELECT 1 FROM godwit_target l JOIN godwit_run o ON o.step = l.step, godwit_run r WHERE l.table_name = ? "
                    + "AND r.step = ? AND l.step <> r.step AND o.prepared_for IS NOT NULL "
                    + "AND o.opened_at > r.opened_at";

    protected final JdbcSession session;

    protected SinkAsides(JdbcSession session) {
        this.session = session;
    }

    /** A table loaded aside, and the one whose place it takes. */
    public record Aside(TableName table, TableName aside) {
        public TableName replaced() {
            return SinkTarget.replaced(aside);
        }
    }

    /** Being alone with a step, until closed. */
    public interface Guard extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /** Waits for whoever is at the step. */
    protected abstract Guard alone(StepId step) throws SQLException;

    protected abstract boolean exists(TableName table) throws SQLException;

    protected abstract void drop(TableName table) throws SQLException;

    /** Puts the table back that was replaced, and aside the one in its place, where there is one. */
    protected abstract void putBack(Aside aside) throws SQLException;

    /** A table's name as {@code godwit_target} keeps it. */
    protected abstract String text(TableName table);

    /** What {@link #text} said. */
    protected abstract TableName name(String text);

    /** Undoes what ended steps have left half done of a table that another step is to load. Harmless to them. */
    public final void restore(StepId by, TableName table) throws SQLException {
        withEnded(by, table, this::undo);
    }

    /** Closes failed steps that loaded a table for good, which must not go on beside the one that is to load it now. */
    public final void takeOver(StepId by, TableName table) throws SQLException {
        withEnded(by, table, step -> {
            // First: whatever breaks off in between, a failed step is found again.
            undo(step);
            session.change(
                    "UPDATE godwit_run SET state = 'cancelled' WHERE step = ? AND state = 'failed'", step.value());
            session.commit();
            if (state(step).equals("cancelled")) {
                drop(step);
            }
        });
    }

    @FunctionalInterface
    private interface Work {
        void on(StepId step) throws SQLException;
    }

    private void withEnded(StepId by, TableName table, Work work) throws SQLException {
        for (StepId step : ended(by, table)) {
            Guard guard = alone(step);
            try {
                String state = state(step);
                if (state.equals("failed") || state.equals("cancelled")) {
                    work.on(step);
                }
            } finally {
                guard.close();
            }
        }
    }

    /** Undoes the swaps of a step that was closed for good, and drops what it loaded aside. */
    public final void cancelled(StepId step) throws SQLException {
        undo(step);
        drop(step);
    }

    /** Drops what a published step has replaced, and what it loaded aside; nothing hangs on it. */
    public final void published(StepId step) throws SQLException {
        for (Aside aside : asides(step)) {
            dropIfThere(aside.aside());
            dropIfThere(aside.replaced());
            forget(step, aside);
        }
    }

    /** Puts back all tables that the step has just replaced. */
    public final void putBack(StepId step) throws SQLException {
        for (Aside aside : asides(step)) {
            if (exists(aside.replaced())) {
                putBack(aside);
            }
        }
        session.commit();
    }

    private void undo(StepId step) throws SQLException {
        for (Aside aside : asides(step)) {
            if (exists(aside.replaced()) && !isLaterPrepared(step, aside)) {
                putBack(aside);
            }
        }
        session.commit();
    }

    private void drop(StepId step) throws SQLException {
        for (Aside aside : asides(step)) {
            dropIfThere(aside.aside());
            if (!exists(aside.replaced())) {
                forget(step, aside);
            }
        }
        session.commit();
    }

    private void dropIfThere(TableName table) throws SQLException {
        if (exists(table)) {
            drop(table);
        }
    }

    private void forget(StepId step, Aside aside) throws SQLException {
        session.change(
                "UPDATE godwit_target SET aside = NULL WHERE step = ? AND table_name = ?",
                step.value(),
                text(aside.table()));
        session.commit();
    }

    private boolean isLaterPrepared(StepId step, Aside aside) throws SQLException {
        return session.first(LATER, row -> true, text(aside.table()), step.value())
                .isPresent();
    }

    private List<Aside> asides(StepId step) throws SQLException {
        List<Aside> asides = session.list(
                "SELECT table_name, aside FROM godwit_target WHERE step = ? AND aside IS NOT NULL",
                row -> {
                    TableName table = name(row.getString(1));
                    return new Aside(table, new TableName(null, table.schema(), row.getString(2)));
                },
                step.value());
        session.commit();
        return asides;
    }

    /** Steps that failed, and those closed for good that have left something. */
    private List<StepId> ended(StepId by, TableName table) throws SQLException {
        List<StepId> steps = session.list(
                "SELECT DISTINCT t.step FROM godwit_target t JOIN godwit_run r ON r.step = t.step "
                        + "WHERE t.table_name = ? AND t.step <> ? AND (r.state = 'failed' "
                        + "OR r.state = 'cancelled' AND t.aside IS NOT NULL)",
                row -> new StepId(row.getString(1)),
                text(table),
                by.value());
        session.commit();
        return steps;
    }

    private String state(StepId step) throws SQLException {
        String state = session.first(
                        "SELECT state FROM godwit_run WHERE step = ?", row -> row.getString(1), step.value())
                .orElse("");
        session.commit();
        return state;
    }
}
