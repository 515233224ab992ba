package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what a server and its driver say into coded errors. Values are taken out of messages: only names are told. */
public final class DialectErrors {
    private static final Pattern VALUES = Pattern.compile("'.*'|\".*\"|\\(.*\\)", Pattern.DOTALL);

    private final ErrorWords words;
    private final Side side;
    private final String where;

    public DialectErrors(ErrorWords words, Side side, Connection connection) {
        this.words = words;
        this.side = side;
        this.where = "connection " + connection.name();
    }

    /** A failure to connect or to log in. */
    public GodwitException opening(SQLException cause, String endpoint) {
        if (hasCause(cause, SSLException.class)) {
            return error(
                    side.loginRefused(),
                    endpoint + ": no encrypted connection",
                    cause,
                    "Check the server's certificate, and the connection's options for encryption.");
        }
        if (ErrorWords.has(words.login(), cause)) {
            return error(
                    side.loginRefused(),
                    endpoint + " refused the login",
                    cause,
                    "Check the connection's user, secret and database.");
        }
        if (ErrorWords.has(words.tooMany(), cause)) {
            return error(
                    side.unreachable(),
                    endpoint + " takes no more connections",
                    cause,
                    "Lower the connection's limits, or raise the server's.");
        }
        return error(side.unreachable(), endpoint + " cannot be reached", cause, "Check host, port and network.");
    }

    /**
     * A failure in the middle of things.
     *
     * @param doing what was being done, to which table: {@code reading shop.orders}
     */
    public GodwitException during(SQLException cause, String doing) {
        if (ErrorWords.has(words.snapshotLost(), cause)) {
            return error(
                    ErrorCode.SOURCE_SNAPSHOT_LOST,
                    doing + ": the server no longer has the rows of the snapshot",
                    cause,
                    "Start a new run, or let the server keep undo for longer.");
        }
        if (isInterrupted(cause)) {
            return error(side.interrupted(), doing + " was interrupted", cause, "It will be tried again.");
        }
        if (ErrorWords.has(words.missing(), cause)) {
            return error(side.tableNotFound(), doing + ": a table is gone", cause, "Plan the run again.");
        }
        if (ErrorWords.has(words.denied(), cause)) {
            return error(side.refused(), doing + " was refused", cause, "Grant the connection's user what it needs.");
        }
        return error(side.refused(), doing + " was refused", cause, "");
    }

    public boolean isInterrupted(SQLException cause) {
        return ErrorWords.has(words.interrupted(), cause)
                || cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLTimeoutException;
    }

    public boolean isOfRows(SQLException cause) {
        return !isInterrupted(cause)
                && (ErrorWords.has(words.ofRows(), cause) || ErrorWords.has(words.duplicate(), cause));
    }

    public boolean isDuplicate(SQLException cause) {
        return ErrorWords.has(words.duplicate(), cause);
    }

    public boolean isMissing(SQLException cause) {
        return ErrorWords.has(words.missing(), cause);
    }

    public boolean isThere(SQLException cause) {
        return ErrorWords.has(words.exists(), cause);
    }

    /** The first line of what was said; where a row is at fault, without values. */
    public String text(SQLException cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String safe = isOfRows(cause) ? VALUES.matcher(message).replaceAll("'...'") : message;
        return safe.lines().findFirst().orElse("");
    }

    private GodwitException error(ErrorCode code, String what, SQLException cause, String remedy) {
        String number = cause.getErrorCode() > 0 ? " (" + cause.getErrorCode() + ")" : "";
        return new GodwitException(
                code, where + ": " + what + ": " + text(cause) + number, remedy, isOfRows(cause) ? null : cause);
    }

    private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
