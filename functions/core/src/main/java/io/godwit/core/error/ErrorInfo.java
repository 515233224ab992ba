package io.godwit.core.error;

/** An error as it travels in events and answers. */
public record ErrorInfo(ErrorCode code, String message, String remedy) {
    public GodwitException toException() {
        return new GodwitException(code, message, remedy);
    }
}
