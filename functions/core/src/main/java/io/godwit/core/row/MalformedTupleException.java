package io.godwit.core.row;

/** Bytes that are no tuple. Caught where it is known whose they are. */
final class MalformedTupleException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedTupleException(String message) {
        super(message);
    }
}
