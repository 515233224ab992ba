package io.godwit.connector.postgresql;

import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Turns what PostgreSQL and its driver say into coded errors, by SQLSTATE. Of a server's message only its first line is
 * kept: details and contexts may hold rows.
 */
final class PostgresErrors {
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*\"");

    private final Side side;
    private final String where;

    PostgresErrors(Side side, Connection connection) {
        this.side = side;
        this.where = "connection " + connection.name();
    }

    Side side() {
        return side;
    }

    /** A failure to connect or to log in. */
    GodwitException opening(SQLException cause, String endpoint) {
        String state = state(cause);
        if (hasCause(cause, SSLException.class)) {
            return error(
                    side.loginRefused(),
                    endpoint + ": no encrypted connection",
                    cause,
                    "Check the server's certificate, and the connection's sslmode.");
        }
        if (state.startsWith("28") || state.equals("3D000") || state.equals("42501") || state.equals("08004")) {
            return error(
                    side.loginRefused(),
                    endpoint + " refused the login",
                    cause,
                    "Check the connection's user, secret and database, and the server's pg_hba.conf.");
        }
        if (state.startsWith("53")) {
            return error(
                    side.unreachable(),
                    endpoint + " takes no more connections",
                    cause,
                    "Lower the connection's limits, or raise the server's max_connections.");
        }
        if (state.startsWith("08") || state.startsWith("57") || state.isEmpty()) {
            return error(side.unreachable(), endpoint + " cannot be reached", cause, "Check host, port and network.");
        }
        return error(side.refused(), endpoint + " refused the session", cause, "");
    }

    /**
     * A failure in the middle of things.
     *
     * @param doing what was being done, to which table: {@code reading shop.orders}
     */
    GodwitException during(SQLException cause, String doing) {
        String state = state(cause);
        if (isTransient(state)) {
            return error(side.interrupted(), doing + " was interrupted", cause, "It will be tried again.");
        }
        return switch (state) {
            case "42P01", "3F000" ->
                error(side.tableNotFound(), doing + ": the table is gone", cause, "Plan the run again.");
            case "42501" -> error(side.refused(), doing + " was refused", cause, remedyOf(cause));
            case "72000" ->
                error(
                        side == Side.SOURCE ? ErrorCode.SOURCE_SNAPSHOT_LOST : side.refused(),
                        doing + ": the snapshot is too old",
                        cause,
                        "Run again.");
            default -> error(side.refused(), doing + " was refused", cause, "");
        };
    }

    /** Whether the same statement may succeed later with nothing changed by anybody. */
    static boolean isTransient(String state) {
        return state.startsWith("08")
                || state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("58")
                || state.equals("55P03") // lock_timeout
                || state.equals("25P03") // idle_in_transaction_session_timeout
                || state.equals("25P04") // transaction_timeout
                || (state.startsWith("57") && !state.equals("57P04")); // but for: database dropped
    }

    /** The SQLSTATE, empty where there is none. */
    static String state(SQLException cause) {
        String state = cause.getSQLState();
        return state == null ? "" : state;
    }

    /** The server's or the driver's first line, without values. */
    static String text(SQLException cause) {
        String text = primary(cause);
        String line = text.lines().findFirst().orElse("");
        // Class 22, data exceptions, quotes the value that it objects to; all others quote names.
        return state(cause).startsWith("22") ? QUOTED.matcher(line).replaceAll("\"...\"") : line;
    }

    private static String primary(SQLException cause) {
        if (cause instanceof PSQLException fromServer && fromServer.getServerErrorMessage() != null) {
            String message = fromServer.getServerErrorMessage().getMessage();
            if (message != null) {
                return message;
            }
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private String remedyOf(SQLException cause) {
        return text(cause).contains("row-level security")
                ? "Rows would be hidden from this user: give it BYPASSRLS, or read a view of the rows that it may see."
                : "Grant the connection's user what it needs.";
    }

    private GodwitException error(ErrorCode code, String what, SQLException cause, String remedy) {
        String state = state(cause);
        String message = where + ": " + what + ": " + text(cause) + (state.isEmpty() ? "" : " (" + state + ")");
        return new GodwitException(code, message, remedy, withoutValues(cause));
    }

    /** The cause, unless its own message could hold a value. */
    private static @Nullable SQLException withoutValues(SQLException cause) {
        return state(cause).startsWith("22") || state(cause).startsWith("23") ? null : cause;
    }

    private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
