package io.godwit.connector.http;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what a failure means, in words, with a remedy. No message has a secret, a cursor or a value. */
final class HttpErrors {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TIMED_OUT = 408;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private final Connection connection;

    HttpErrors(Connection connection) {
        this.connection = connection;
    }

    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run() throws IOException;
    }

    <T extends @Nullable Object> T during(String doing, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw of(e, doing);
        }
    }

    private GodwitException of(IOException e, String doing) {
        if (e instanceof UnfitAnswerException) {
            return error(ErrorCode.SOURCE_REFUSED, doing + ": " + e.getMessage(), "Mend the connection's options.", e);
        }
        if (e instanceof Scanner.TooLargeException) {
            return error(
                    ErrorCode.ROW_TOO_LARGE,
                    doing + ": a row, or a part of the answer beside them, has " + e.getMessage(),
                    "Raise the limit for rows, or check option rows.",
                    e);
        }
        if (e instanceof SSLException) {
            return error(
                    ErrorCode.SOURCE_LOGIN_REFUSED,
                    doing + ": no encrypted connection: " + e.getMessage(),
                    "Check the server's certificate, the port, and the connection's sslMode.",
                    e);
        }
        if (e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || e.getCause() instanceof UnresolvedAddressException) {
            return error(
                    ErrorCode.SOURCE_UNREACHABLE,
                    doing + ": no connection to " + connection.host(),
                    "Check host and port in the connection, that the server runs, and that the network lets it through.",
                    e);
        }
        return error(
                ErrorCode.SOURCE_INTERRUPTED,
                doing + ": " + e.getMessage(),
                "It is tried again by itself; look at the server if it goes on.",
                e);
    }

    /** An answer that is no list of rows. */
    GodwitException ofStatus(int status, String doing) {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                error(
                        ErrorCode.SOURCE_LOGIN_REFUSED,
                        doing + " was answered with " + status,
                        "Check user, secret and option auth in the connection, and what they are allowed to read.",
                        null);
            case NOT_FOUND, GONE ->
                error(
                        ErrorCode.SOURCE_TABLE_NOT_FOUND,
                        doing + " was answered with " + status,
                        "Check the resource's spelling in option tables, and database, which is the path before it.",
                        null);
            case TOO_MANY ->
                error(
                        ErrorCode.SOURCE_INTERRUPTED,
                        doing + " was answered with 429 again and again: too many requests",
                        "It is tried again later by itself. Lower limits.reads or limits.rowsPerSecond of the connection.",
                        null);
            default ->
                status == TIMED_OUT || status >= SERVER
                        ? error(
                                ErrorCode.SOURCE_INTERRUPTED,
                                doing + " was answered with " + status,
                                "It is tried again by itself; look at the server if it goes on.",
                                null)
                        : error(
                                ErrorCode.SOURCE_REFUSED,
                                doing + " was answered with " + status,
                                "Check the connection's options, and where: of the job.",
                                null);
        };
    }

    /** Answers that contradict each other, or what was planned. */
    GodwitException changed(String what) {
        return error(
                ErrorCode.SOURCE_CHANGED,
                what,
                "Start a new run: it plans what is there now, and in what order.",
                null);
    }

    GodwitException notSupported(String what, String remedy) {
        return error(ErrorCode.NOT_SUPPORTED, what, remedy, null);
    }

    GodwitException error(ErrorCode code, String what, String remedy, @Nullable Throwable cause) {
        return new GodwitException(code, place(what), remedy, cause);
    }

    String place(String what) {
        return "connection " + connection.name() + ": " + what;
    }
}
