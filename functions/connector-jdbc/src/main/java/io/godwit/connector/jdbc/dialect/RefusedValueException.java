package io.godwit.connector.jdbc.dialect;

/** A field that no value of the server's types can be. The reason holds no value. */
public final class RefusedValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedValueException(String reason) {
        super(reason, null, false, false);
    }
}
