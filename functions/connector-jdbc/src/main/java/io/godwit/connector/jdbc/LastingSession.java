package io.godwit.connector.jdbc;

import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session that is opened at its first use, and again where the one before was lost. */
public final class LastingSession<S extends JdbcSession> implements AutoCloseable {
    private final Supplier<S> opening;
    private final BiFunction<SQLException, String, GodwitException> errors;
    private @Nullable S session;

    /**
     * @param opening opens one, in a transaction
     * @param errors what a failure is, and what was being done
     */
    public LastingSession(Supplier<S> opening, BiFunction<SQLException, String, GodwitException> errors) {
        this.opening = opening;
        this.errors = errors;
    }

    /** What is done in a session. */
    @FunctionalInterface
    public interface Work<S extends JdbcSession, T> {
        T run(S session) throws SQLException;
    }

    public S get() {
        try {
            if (session == null || session.isClosed()) {
                session = opening.get();
            }
            return session;
        } catch (SQLException e) {
            throw errors.apply(e, "opening a session");
        }
    }

    /** Commits what the work has done, or undoes it where it fails. */
    public <T> T transaction(String doing, Work<S, T> work) {
        S open = get();
        try {
            T result = work.run(open);
            open.commit();
            return result;
        } catch (SQLException e) {
            open.rollbackQuietly();
            throw errors.apply(e, doing);
        } catch (RuntimeException e) {
            open.rollbackQuietly();
            throw e;
        }
    }

    /** Reads in a transaction of its own, which ends with it. */
    public <T> T reading(String doing, Work<S, T> work) {
        S open = get();
        try {
            return work.run(open);
        } catch (SQLException e) {
            throw errors.apply(e, doing);
        } finally {
            open.rollbackQuietly();
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
