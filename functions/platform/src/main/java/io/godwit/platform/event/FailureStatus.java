package io.godwit.platform.event;

import com.fasterxml.jackson.core.JacksonException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import org.jspecify.annotations.Nullable;

/**
 * What a function answers to an event that it could not act on: 503 where the broker should send it again, a little
 * later; 422 where it is malformed, and would be again; 500 for a defect.
 *
 * @param retryAfterSeconds 0: nothing is said about it
 */
public record FailureStatus(int status, int retryAfterSeconds) {
    private static final FailureStatus AGAIN = new FailureStatus(503, 2);
    public static final FailureStatus MALFORMED = new FailureStatus(422, 0);
    private static final FailureStatus DEFECT = new FailureStatus(500, 0);

    /** Looks through what frameworks wrap around a failure. */
    public static FailureStatus of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GodwitException coded) {
                return of(coded.code());
            }
            if (cause instanceof JacksonException) {
                return MALFORMED;
            }
        }
        return DEFECT;
    }

    private static FailureStatus of(ErrorCode code) {
        if (code.isTransient()) {
            return AGAIN;
        }
        return code == ErrorCode.EVENT_MALFORMED ? MALFORMED : DEFECT;
    }
}
