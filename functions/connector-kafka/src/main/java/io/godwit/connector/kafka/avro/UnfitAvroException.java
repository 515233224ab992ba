package io.godwit.connector.kafka.avro;

import org.jspecify.annotations.Nullable;

/** A value, or a schema, of which no row can be made, or a row of which no value can. It says why, without values. */
public final class UnfitAvroException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitAvroException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
