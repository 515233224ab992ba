package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * What a statement of a subtask may take. The server ends a longer one, so that a request ends before its caller does.
 */
final class StatementLimit {
    private static final String QUERY_CANCELED = "57014";

    private final @Nullable Duration most;
    private final long begun = System.nanoTime();

    private StatementLimit(@Nullable Duration most) {
        this.most = most;
    }

    /** Holds from now on, in all of the session's transactions; null: no limit but the user's own. */
    static StatementLimit set(PgConnection session, @Nullable Duration most) throws SQLException {
        if (most != null) {
            try (Statement statement = session.createStatement()) {
                statement.execute("SET statement_timeout TO " + Math.max(1, most.toMillis()));
            }
        }
        return new StatementLimit(most);
    }

    /**
     * Tells a statement that took too long from one that an administrator ended.
     *
     * @throws GodwitException SUBTASK_TOO_LARGE if it took too long
     */
    void refuse(SQLException ended, String doing) {
        if (QUERY_CANCELED.equals(PostgresErrors.state(ended)) && isOver()) {
            throw tooLarge(doing, ended);
        }
    }

    /**
     * For whoever streams into a statement: the server's refusal may not be heard before the end.
     *
     * @throws GodwitException SUBTASK_TOO_LARGE if the time is over
     */
    void check(String doing) {
        if (isOver()) {
            throw tooLarge(doing, null);
        }
    }

    private boolean isOver() {
        return most != null && System.nanoTime() - begun >= most.toNanos();
    }

    private GodwitException tooLarge(String doing, @Nullable SQLException cause) {
        return new GodwitException(
                ErrorCode.SUBTASK_TOO_LARGE,
                doing + ": a subtask took longer than "
                        + Objects.requireNonNull(most).toMillis() + " ms",
                "Parts of it are tried instead.",
                cause);
    }
}
