package io.godwit.connector.file.store;

import java.io.IOException;

/** Files that cannot be read or written as tables, until somebody mends what the message says. */
public final class UnfitFilesException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnfitFilesException(String message) {
        super(message);
    }
}
