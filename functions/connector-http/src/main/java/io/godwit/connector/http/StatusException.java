package io.godwit.connector.http;

import java.io.IOException;

/** An answer that is no content. */
final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    StatusException(int status) {
        super("it was answered with " + status);
        this.status = status;
    }

    int status() {
        return status;
    }

    boolean isNotFound() {
        return status == 404 || status == 410;
    }
}
