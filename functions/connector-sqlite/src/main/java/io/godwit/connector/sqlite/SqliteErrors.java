package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Turns what SQLite says into coded errors, by its result codes ({@code https://sqlite.org/rescode.html}). Values are
 * taken out of messages: only names are told.
 */
final class SqliteErrors {
    /** Of values that SQLite would change; SQLSTATE class 22 is that of data. */
    static final String NO_SUCH_VALUE = "22000";

    /** The last eight bits of a code are its family. */
    private static final int FAMILY = 0xFF;

    private static final Set<SQLiteErrorCode> TRANSIENT = Set.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_NOMEM,
            SQLiteErrorCode.SQLITE_INTERRUPT,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_PROTOCOL,
            SQLiteErrorCode.SQLITE_SCHEMA);

    private static final Set<SQLiteErrorCode> OF_ROWS =
            Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT, SQLiteErrorCode.SQLITE_MISMATCH, SQLiteErrorCode.SQLITE_TOOBIG);

    private static final Pattern DETAIL = Pattern.compile("\\((.*)\\)$", Pattern.DOTALL);
    private static final Pattern VALUES = Pattern.compile("'.*'|\".*\"", Pattern.DOTALL);

    private final Side side;
    private final SqliteFile file;

    SqliteErrors(Side side, SqliteFile file) {
        this.side = side;
        this.file = file;
    }

    GodwitException missing(String remedy) {
        return new GodwitException(
                side.loginRefused(),
                "connection " + file.connection().name() + ": " + file.path() + " is not there",
                remedy);
    }

    /** A failure to open the file. */
    GodwitException opening(SQLException cause) {
        return switch (family(cause)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                error(side.interrupted(), file.path() + " is locked", cause, "It will be tried again.");
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                error(
                        side.loginRefused(),
                        file.path() + " is no SQLite database, or is damaged",
                        cause,
                        "Check the file.");
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                error(
                        side.loginRefused(),
                        file.path() + " cannot be opened",
                        cause,
                        "Check that its folder is there, and that whoever runs the functions may use both.");
            default -> error(side.unreachable(), file.path() + " cannot be read", cause, "Check the disk.");
        };
    }

    /**
     * A failure in the middle of things.
     *
     * @param doing what was being done, to which table: {@code reading orders}
     */
    GodwitException during(SQLException cause, String doing) {
        if (isTransient(cause)) {
            return error(side.interrupted(), doing + " was interrupted", cause, "It will be tried again.");
        }
        if (text(cause).startsWith("no such table")) {
            return error(side.tableNotFound(), doing + ": the table is gone", cause, "Plan the run again.");
        }
        String remedy = switch (family(cause)) {
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
                "Let whoever runs the functions write the file and its folder.";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> "Check the file with PRAGMA integrity_check.";
            default -> "";
        };
        return error(side.refused(), doing + " was refused", cause, remedy);
    }

    /** Work that was broken off because it took longer than the connection's {@code timeout}. */
    GodwitException overdue(SQLException cause, String doing) {
        return error(
                side.interrupted(),
                doing + " took longer than " + file.options().timeout(),
                cause,
                "It will be tried again. Look for a view or a condition that never ends, or raise the option timeout.");
    }

    /** A writer that stood still, and whose transaction another one has ended. */
    GodwitException abandoned(SQLException cause, String doing) {
        return error(side.interrupted(), doing + " stood still while others waited", cause, "It will be tried again.");
    }

    /** Whether the same statement may succeed later with nothing changed by anybody. */
    private static boolean isTransient(SQLException cause) {
        return TRANSIENT.contains(family(cause))
                || (cause instanceof SQLiteException own
                        && own.getResultCode() == SQLiteErrorCode.SQLITE_READONLY_DBMOVED);
    }

    /** Whether somebody else has the file's lock. */
    static boolean isBusy(SQLException cause) {
        return family(cause) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /** Whether a row is what is wrong. */
    static boolean isOfRows(SQLException cause) {
        return OF_ROWS.contains(family(cause)) || NO_SUCH_VALUE.equals(cause.getSQLState());
    }

    /** {@code SQLITE_CONSTRAINT_UNIQUE}. */
    static String code(SQLException cause) {
        return cause instanceof SQLiteException own ? own.getResultCode().name() : NO_SUCH_VALUE;
    }

    /** SQLite's own words, without values. */
    static String text(SQLException cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        Matcher detail = DETAIL.matcher(message);
        String text = detail.find() ? detail.group(1) : message;
        String safe = isOfRows(cause) ? VALUES.matcher(text).replaceAll("'...'") : text;
        return safe.lines().findFirst().orElse("");
    }

    private static SQLiteErrorCode family(SQLException cause) {
        int code = cause instanceof SQLiteException own ? own.getResultCode().code : cause.getErrorCode();
        return SQLiteErrorCode.getErrorCode(code < 0 ? code : code & FAMILY);
    }

    private GodwitException error(ErrorCode code, String what, SQLException cause, String remedy) {
        return new GodwitException(
                code,
                "connection " + file.connection().name() + ": " + what + ": " + text(cause),
                remedy,
                isOfRows(cause) ? null : cause);
    }
}
