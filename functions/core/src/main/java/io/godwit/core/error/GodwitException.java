package io.godwit.core.error;

import org.jspecify.annotations.Nullable;

/**
 * An error with a code. The message says what, which and where in words for its reader; the remedy says what to do
 * next. Neither holds a secret; of a row, at most its key.
 */
public final class GodwitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String remedy;

    public GodwitException(ErrorCode code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    public GodwitException(ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.remedy = remedy;
    }

    public ErrorCode code() {
        return code;
    }

    /** What to do next, as one sentence; empty where nothing can be said. */
    public String remedy() {
        return remedy;
    }

    public ErrorInfo info() {
        return new ErrorInfo(code, getMessage() == null ? "" : getMessage(), remedy);
    }
}
