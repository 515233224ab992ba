package io.godwit.core.type.codec;

/**
 * Bytes or text that are no value of a type. The message says why and does not hold the value. Whoever knows the column
 * turns it into a GodwitException.
 */
public final class InvalidValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
