package io.godwit.connector.file.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One request, with its failures in the words that stores of files have for them. */
final class S3Call {
    private static final int MOVED = 301;
    private static final int UNKNOWN = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private S3Call() {}

    /** @param what it is about, for people */
    static <T> T of(String what, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (S3Exception e) {
            throw of(what, e);
        } catch (SdkException e) {
            throw of(what, e);
        }
    }

    static boolean isNotFound(S3Exception e) {
        return e.statusCode() == NOT_FOUND;
    }

    private static IOException of(String what, S3Exception e) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        return switch (e.statusCode()) {
            case NOT_FOUND -> caused(new NoSuchFileException(what, null, code), e);
            case UNKNOWN, FORBIDDEN -> caused(new AccessDeniedException(what, null, code), e);
            case MOVED -> new IOException(what + " is in another region than the connection's option region says", e);
            default -> new IOException(what + ": " + e.getMessage(), e);
        };
    }

    private static IOException of(String what, SdkException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
                return caused(new ConnectException(cause.getMessage()), e);
            }
        }
        return new IOException(what + ": " + e.getMessage(), e);
    }

    private static IOException caused(IOException error, Exception cause) {
        error.initCause(cause);
        return error;
    }
}
