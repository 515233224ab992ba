package io.godwit.connector.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoQueryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BSONException;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failure of the driver means, in words, with a remedy. A server's own message may quote a document: only
 * its code is passed on.
 */
final class MongoErrors {
    /** Unauthorized, AuthenticationFailed, and what hosted services say. */
    private static final Set<Integer> NOT_ALLOWED = Set.of(13, 18, 8000);

    private final boolean reading;
    private final Connection connection;

    MongoErrors(boolean reading, Connection connection) {
        this.reading = reading;
        this.connection = connection;
    }

    <T extends @Nullable Object> T during(String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            throw of(e, doing);
        } catch (BSONException e) {
            throw error(reading ? ErrorCode.SOURCE_REFUSED : ErrorCode.SINK_REFUSED, doing, "not BSON", e, "Mend it.");
        }
    }

    void run(String doing, Runnable work) {
        during(doing, () -> {
            work.run();
            return true;
        });
    }

    private GodwitException of(MongoException e, String doing) {
        boolean notAllowed = e instanceof MongoSecurityException || (isCommand(e) && NOT_ALLOWED.contains(e.getCode()));
        if (notAllowed) {
            return error(
                    reading ? ErrorCode.SOURCE_LOGIN_REFUSED : ErrorCode.SINK_LOGIN_REFUSED,
                    doing,
                    "user " + connection.user() + " is not let in, or not allowed to",
                    e,
                    "Check user, secret and authSource in the connection, and the user's roles on the database.");
        }
        if (e instanceof MongoTimeoutException || e instanceof MongoSocketOpenException) {
            return error(
                    reading ? ErrorCode.SOURCE_UNREACHABLE : ErrorCode.SINK_UNREACHABLE,
                    doing,
                    "no connection to " + connection.host(),
                    e,
                    "Check host, port, replicaSet and sslMode in the connection, that the server runs, and that the"
                            + " network lets it through.");
        }
        boolean brokeOff = e instanceof MongoSocketException
                || e instanceof MongoInterruptedException
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoNodeIsRecoveringException
                || e instanceof MongoCursorNotFoundException
                || e instanceof MongoWriteConcernException
                || e.hasErrorLabel("RetryableWriteError")
                || e.hasErrorLabel("TransientTransactionError");
        if (brokeOff) {
            return error(
                    reading ? ErrorCode.SOURCE_INTERRUPTED : ErrorCode.SINK_INTERRUPTED,
                    doing,
                    "broke off: " + e.getClass().getSimpleName(),
                    e,
                    "It is tried again by itself; look at the server if it goes on.");
        }
        return error(
                reading ? ErrorCode.SOURCE_REFUSED : ErrorCode.SINK_REFUSED,
                doing,
                isCommand(e) ? "the server refused it with error " + code(e) : "the driver refused it",
                e,
                "Look the code up in MongoDB's list of error codes, and at the server's log.");
    }

    private static boolean isCommand(MongoException e) {
        return e instanceof MongoCommandException
                || e instanceof MongoQueryException
                || e instanceof MongoBulkWriteException
                || (!(e instanceof MongoClientException) && e.getCode() > 0);
    }

    private static String code(MongoException e) {
        return e.getCode()
                + (e instanceof MongoCommandException command
                                && !command.getErrorCodeName().isEmpty()
                        ? " (" + command.getErrorCodeName() + ")"
                        : "");
    }

    /** The cause is left out where it quotes documents: what the server refused. */
    private GodwitException error(ErrorCode code, String doing, String why, RuntimeException e, String remedy) {
        String message = "connection " + connection.name() + ": " + doing + ": " + why;
        boolean quotes = e instanceof MongoException refused && isCommand(refused);
        return quotes ? new GodwitException(code, message, remedy) : new GodwitException(code, message, remedy, e);
    }
}
