package io.godwit.connector.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes that are no object, or whose values are not of their columns' types. The message names no value. */
public final class JsonRowException extends IOException {
    private static final long serialVersionUID = 1L;

    JsonRowException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
