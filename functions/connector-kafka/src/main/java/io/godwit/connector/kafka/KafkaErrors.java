package io.godwit.connector.kafka;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Says what a failure of Kafka's means, in words, with a remedy. */
final class KafkaErrors {
    /** How long an answer of the cluster is waited for: longer than its clients do, who say more. */
    private static final long MOST_SECONDS = 60;

    /**
     * What passes. A producer says of most failures of its transaction's, such as a broker that was away for too long,
     * only that it is to be given up.
     */
    private static final List<Class<? extends Exception>> AGAIN = List.of(
            RetriableException.class,
            TimeoutException.class,
            TransactionAbortableException.class,
            TransactionAbortedException.class,
            TransactionCoordinatorFencedException.class,
            InvalidTxnStateException.class,
            OutOfOrderSequenceException.class,
            UnknownServerException.class);

    private final boolean reading;
    private final Connection connection;

    KafkaErrors(boolean reading, Connection connection) {
        this.reading = reading;
        this.connection = connection;
    }

    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run() throws ExecutionException, InterruptedException, TimeoutException;
    }

    <T extends @Nullable Object> T during(String doing, Work<T> work) {
        try {
            return work.run();
        } catch (ExecutionException e) {
            throw of(e.getCause() == null ? e : e.getCause(), doing);
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            throw error(interrupted(), doing + " was interrupted", e, "It is tried again by itself.");
        } catch (TimeoutException | KafkaException e) {
            throw of(e, doing);
        }
    }

    static <T> T get(KafkaFuture<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(MOST_SECONDS, TimeUnit.SECONDS);
    }

    GodwitException of(Throwable cause, String doing) {
        Throwable e = cause.getClass() == KafkaException.class && cause.getCause() instanceof KafkaException inner
                ? inner
                : cause;
        if (e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || e instanceof InvalidPidMappingException) {
            return error(
                    ErrorCode.SINK_INTERRUPTED,
                    doing + ": another writer took over",
                    e,
                    "Nothing to do: it is tried again, and the ledger says what the other one did.");
        }
        if (e instanceof AuthenticationException) {
            return error(
                    loginRefused(),
                    doing + ": the login was refused",
                    e,
                    "Check user, secret, sasl and sslMode in the connection.");
        }
        if (e instanceof AuthorizationException) {
            return error(loginRefused(), doing + ": not allowed", e, "Grant the user what docs/kafka.md lists.");
        }
        if (e instanceof UnknownTopicOrPartitionException || e instanceof InvalidTopicException) {
            return error(
                    reading ? ErrorCode.SOURCE_TABLE_NOT_FOUND : ErrorCode.SINK_REFUSED,
                    doing + ": no such topic",
                    e,
                    "Check the topic's name and case: letters, digits, dots, dashes and underscores, at most 249.");
        }
        if (e instanceof RecordTooLargeException) {
            return error(
                    ErrorCode.ROW_REFUSED,
                    doing + ": a row is larger than the topic takes, or than " + (KafkaClients.MESSAGE_BYTES >> 20)
                            + " MiB, which is the most for a message",
                    e,
                    "Raise max.message.bytes of the topic up to that, or leave large columns out.");
        }
        if (e instanceof UnsupportedVersionException) {
            return error(ErrorCode.NOT_SUPPORTED, doing, e, "Use Kafka 4.0 or newer.");
        }
        boolean again = AGAIN.stream().anyMatch(kind -> kind.isInstance(e))
                || !(e instanceof org.apache.kafka.common.errors.ApiException);
        return again
                ? error(interrupted(), doing, e, "It is tried again by itself; look at the brokers if it goes on.")
                : error(refused(), doing, e, "See what Kafka says.");
    }

    GodwitException unreachable(Exception e) {
        return error(
                unreachable(),
                "no connection to " + connection.host(),
                e,
                "Check host and port in the connection, that a broker runs there, and that the network lets it through.");
    }

    /** Of our own finding. */
    GodwitException error(ErrorCode code, String what, String remedy) {
        return new GodwitException(code, "connection " + connection.name() + ": " + what, remedy);
    }

    ErrorCode unreachable() {
        return reading ? ErrorCode.SOURCE_UNREACHABLE : ErrorCode.SINK_UNREACHABLE;
    }

    ErrorCode interrupted() {
        return reading ? ErrorCode.SOURCE_INTERRUPTED : ErrorCode.SINK_INTERRUPTED;
    }

    ErrorCode loginRefused() {
        return reading ? ErrorCode.SOURCE_LOGIN_REFUSED : ErrorCode.SINK_LOGIN_REFUSED;
    }

    /** Where what was there is gone. */
    ErrorCode changed() {
        return reading ? ErrorCode.SOURCE_CHANGED : ErrorCode.SINK_REFUSED;
    }

    ErrorCode refused() {
        return reading ? ErrorCode.SOURCE_REFUSED : ErrorCode.SINK_REFUSED;
    }

    private GodwitException error(ErrorCode code, String what, Throwable e, String remedy) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new GodwitException(code, "connection " + connection.name() + ": " + what + ": " + reason, remedy, e);
    }
}
