package io.godwit.planner.store;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The planner's tables, one transaction at a time. Safe for threads.
 *
 * <p>Locks are taken in one order: the dispatch lock, runs in the order of their ids, subtasks, lanes.
 */
public final class ControlStore {
    private static final int TRIES = 5;

    private final DataSource source;
    private final Clock clock;
    private final OutboxPublisher publisher;

    public ControlStore(DataSource source, Clock clock, OutboxPublisher publisher) {
        this.source = source;
        this.clock = clock;
        this.publisher = publisher;
    }

    /**
     * Does the work in one transaction and answers what it answers. Work may be done again where the store broke a
     * deadlock: it has no effects but through the session.
     *
     * @throws GodwitException CONTROL_STORE_UNREACHABLE where the store does not answer; what the work throws, after
     *     rolling back
     */
    public <T> T transact(Function<Session, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (StoreException refused) {
                if (attempt == TRIES || !isWorthAnother(refused.refusal())) {
                    throw coded(refused.refusal());
                }
            }
        }
    }

    /** The same, for work that answers nothing. */
    public void change(Consumer<Session> work) {
        transact(session -> {
            work.accept(session);
            return true;
        });
    }

    private <T> T once(Function<Session, T> work) {
        Session session;
        List<Outbox.Letter> letters;
        T answer;
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                session = new Session(connection, clock);
                answer = work.apply(session);
                letters = Outbox.store(session, session.outgoing());
                connection.commit();
            } catch (Throwable thrown) {
                rollBack(connection, thrown);
                throw thrown;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException refused) {
            throw new StoreException(refused);
        }
        publisher.publish(this, letters);
        session.committed();
        return answer;
    }

    private static void rollBack(Connection connection, Throwable thrown) {
        try {
            connection.rollback();
        } catch (SQLException again) {
            thrown.addSuppressed(again);
        }
    }

    private static boolean isWorthAnother(SQLException refusal) {
        return stateOf(refusal).startsWith("40");
    }

    private static GodwitException coded(SQLException refusal) {
        String state = stateOf(refusal);
        boolean unreachable = state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("40")
                || state.startsWith("25");
        return unreachable
                ? new GodwitException(
                        ErrorCode.CONTROL_STORE_UNREACHABLE,
                        "the control store does not answer: " + refusal.getMessage(),
                        "Check that its PostgreSQL runs and that its URL and login are right.",
                        refusal)
                : new GodwitException(
                        ErrorCode.DEFECT,
                        "the control store refused a statement (SQLSTATE " + state + ")",
                        "See the planner's log, and report it.",
                        refusal);
    }

    private static String stateOf(SQLException refusal) {
        return refusal.getSQLState() == null ? "" : refusal.getSQLState();
    }
}
