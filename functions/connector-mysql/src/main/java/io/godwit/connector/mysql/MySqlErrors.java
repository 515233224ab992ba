package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the server and its driver say into coded errors, by error number and SQLSTATE (the server's
 * {@code errmsg-utf8.txt}). Values are taken out of messages: only names are told.
 */
final class MySqlErrors {
    static final int DUPLICATE = 1062;

    private static final Set<Integer> LOGIN = Set.of(1044, 1045, 1049, 1130, 1251, 1524, 1698, 1820, 1862);
    private static final Set<Integer> TOO_MANY = Set.of(1040, 1203, 1226);
    private static final Set<Integer> MISSING_TABLE = Set.of(1051, 1109, 1146, 1932);
    private static final Set<Integer> DENIED = Set.of(1142, 1143, 1227, 1370, 1410);

    /** Lock waits, deadlocks, shutdown, killed sessions and statements, full tables of locks, read-only for a while. */
    private static final Set<Integer> TRANSIENT =
            Set.of(1053, 1158, 1159, 1160, 1161, 1205, 1206, 1213, 1317, 1927, 3101, 3024, 1969);

    /** What a row may be refused for, beyond classes 22 and 23: lengths, ranges, checks, signals, parents, JSON. */
    private static final Set<Integer> OF_ROWS = Set.of(
            1048, DUPLICATE, 1118, 1216, 1217, 1263, 1264, 1265, 1292, 1364, 1366, 1367, 1406, 1411, 1416, 1451, 1452,
            1586, 1690, 3140, 3141, 3819, 4025, 4035, 4036, 4037, 4038, 4039, 4040);

    private static final Pattern CONNECTION = Pattern.compile("^\\(conn=-?\\d+\\) ");
    private static final Pattern VALUES = Pattern.compile("'.*'|\".*\"", Pattern.DOTALL);

    private final Side side;
    private final String where;

    MySqlErrors(Side side, Connection connection) {
        this.side = side;
        this.where = "connection " + connection.name();
    }

    /** A failure to connect or to log in. */
    GodwitException opening(SQLException cause, String endpoint) {
        int code = cause.getErrorCode();
        if (hasCause(cause, SSLException.class)) {
            return error(
                    side.loginRefused(),
                    endpoint + ": no encrypted connection",
                    cause,
                    "Check the server's certificate, and the connection's sslMode.");
        }
        if (LOGIN.contains(code) || state(cause).startsWith("28")) {
            return error(
                    side.loginRefused(),
                    endpoint + " refused the login",
                    cause,
                    "Check the connection's user, secret and database, and from where the user may log in.");
        }
        if (TOO_MANY.contains(code)) {
            return error(
                    side.unreachable(),
                    endpoint + " takes no more connections",
                    cause,
                    "Lower the connection's limits, or raise the server's max_connections.");
        }
        return error(side.unreachable(), endpoint + " cannot be reached", cause, "Check host, port and network.");
    }

    /**
     * A failure in the middle of things.
     *
     * @param doing what was being done, to which table: {@code reading shop.orders}
     */
    GodwitException during(SQLException cause, String doing) {
        int code = cause.getErrorCode();
        if (isTransient(cause)) {
            return error(side.interrupted(), doing + " was interrupted", cause, "It will be tried again.");
        }
        if (MISSING_TABLE.contains(code)) {
            return error(side.tableNotFound(), doing + ": the table is gone", cause, "Plan the run again.");
        }
        if (DENIED.contains(code)) {
            return error(side.refused(), doing + " was refused", cause, "Grant the connection's user what it needs.");
        }
        return error(side.refused(), doing + " was refused", cause, "");
    }

    /** Whether the same statement may succeed later with nothing changed by anybody. */
    static boolean isTransient(SQLException cause) {
        return TRANSIENT.contains(cause.getErrorCode())
                || state(cause).startsWith("08")
                || state(cause).startsWith("40");
    }

    /** Whether a row is what is wrong. */
    static boolean isOfRows(SQLException cause) {
        String state = state(cause);
        return OF_ROWS.contains(cause.getErrorCode())
                || state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("45");
    }

    static String state(SQLException cause) {
        return cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** The server's or the driver's first line, without values. */
    static String text(SQLException cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String text = CONNECTION.matcher(message).replaceFirst("");
        String safe = isOfRows(cause) ? VALUES.matcher(text).replaceAll("'...'") : text;
        return safe.lines().findFirst().orElse("");
    }

    private GodwitException error(io.godwit.core.error.ErrorCode code, String what, SQLException cause, String remedy) {
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
