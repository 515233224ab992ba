package io.godwit.connector.postgresql;

import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is writing, by advisory locks of transactions: one that writers of a step share, one per subtask.
 *
 * <p>They decide nothing; the ledger does. They tell whom to wait for, because a writer that stopped for ever in the
 * middle of a COPY holds its ledger row, and no setting of the server ends it: interrupts are not looked at while it
 * waits for the client's bytes. Whoever waited in vain ends such a session, which leaves no trace.
 */
final class PostgresSinkWriters {
    private static final String LOCK_TIMEOUT = "55P03";

    /** Sessions that hold a lock, and how far each has come while it waits for its client; null: it does not wait. */
    private static final String HOLDERS = """
            SELECT l.pid,
                   CASE WHEN a.wait_event_type = 'Client' OR a.state LIKE 'idle in transaction%'
                        THEN concat_ws(' ', a.backend_start, a.state_change, a.query_start, PROGRESS) END AS standing
              FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.pid <> pg_backend_pid()
               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND l.classid::int8 = ?::int8 AND (?::int8 IS NULL OR l.objid::int8 = ?::int8)
            """;

    private final PostgresSinkSession session;
    private final Duration patience;

    /** @param patience how long to wait for others before looking at what they do */
    PostgresSinkWriters(PostgresSinkSession session, Duration patience) {
        this.session = session;
        this.patience = patience;
    }

    /** A session that holds a lock. */
    private record Holder(int pid, @Nullable String standing) {
        static Holder read(ResultSet row) throws SQLException {
            return new Holder(row.getInt(1), row.getString(2));
        }
    }

    /** Says that this transaction writes in the step. */
    void enter(StepId step) throws SQLException {
        session.list("SELECT pg_catalog.pg_advisory_xact_lock_shared(?, 0)", row -> true, number(step.value()));
    }

    /**
     * Waits until nobody else writes the subtask. A writer that has not moved in the meantime is ended.
     *
     * @throws SQLException lock_not_available where another writer is at it, and gets on
     */
    void await(SubtaskId subtask) throws SQLException {
        int step = number(subtask.step().value());
        int own = number(subtask.value());
        if (session.one("SELECT pg_catalog.pg_try_advisory_xact_lock(?, ?)", row -> row.getBoolean(1), step, own)) {
            return;
        }
        List<Holder> before = holders(step, own);
        Optional<SQLException> refusal =
                tryFor(() -> session.list("SELECT pg_catalog.pg_advisory_xact_lock(?, ?)", row -> true, step, own));
        if (refusal.isEmpty()) {
            return;
        }
        List<Holder> stuck = new ArrayList<>(before);
        stuck.retainAll(holders(step, own));
        stuck.removeIf(holder -> holder.standing() == null);
        if (stuck.isEmpty()) {
            throw refusal.get();
        }
        end(stuck);
        session.list("SELECT pg_catalog.pg_advisory_xact_lock(?, ?)", row -> true, step, own);
    }

    /** Does something that waits for the step's writers; where that takes too long, they are ended. */
    <T> T withoutWriters(StepId step, Attempt<T> attempt) throws SQLException {
        List<T> result = new ArrayList<>(1);
        if (tryFor(() -> result.add(attempt.run())).isPresent()) {
            end(holders(number(step.value()), null));
            result.add(attempt.run());
        }
        return result.get(0);
    }

    /** A statement that may have to wait. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws SQLException;
    }

    /** Empty where it was done; else that it had to wait too long, and nothing was done. */
    private Optional<SQLException> tryFor(Attempt<?> attempt) throws SQLException {
        session.run("SAVEPOINT waiting");
        session.setLocal("lock_timeout", patience.toMillis() + "ms");
        try {
            attempt.run();
            session.run("RELEASE SAVEPOINT waiting");
            return Optional.empty();
        } catch (SQLException e) {
            if (!LOCK_TIMEOUT.equals(e.getSQLState())) {
                throw e;
            }
            session.run("ROLLBACK TO SAVEPOINT waiting");
            return Optional.of(e);
        }
    }

    private List<Holder> holders(int step, @Nullable Integer subtask) throws SQLException {
        boolean counted = session.jdbc().getServerMajorVersion() >= 14;
        String progress = counted
                ? "(SELECT p.bytes_processed FROM pg_stat_progress_copy p WHERE p.pid = a.pid)"
                // Older servers do not say; a slow writer then looks like one that stopped, and is tried again.
                : "NULL";
        Long own = subtask == null ? null : Integer.toUnsignedLong(subtask);
        // The statistics of other sessions stay as this transaction first saw them, unless told otherwise.
        session.list("SELECT pg_stat_clear_snapshot()", row -> true);
        return session.list(
                HOLDERS.replace("PROGRESS", progress), Holder::read, Integer.toUnsignedLong(step), own, own);
    }

    private void end(List<Holder> holders) throws SQLException {
        for (Holder holder : holders) {
            session.list("SELECT pg_terminate_backend(?)", row -> row.getBoolean(1), holder.pid());
        }
    }

    /** Any number that is the same everywhere; two ids with one number only wait for each other. Never 0. */
    private static int number(String id) {
        int hash = id.hashCode();
        return hash == 0 ? 1 : hash;
    }
}
