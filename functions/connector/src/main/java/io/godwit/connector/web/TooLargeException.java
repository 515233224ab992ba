package io.godwit.connector.web;

import java.io.IOException;

/** An answer that has more bytes than whoever asks can hold. */
public final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int most) {
        super("an answer of more than " + most + " bytes");
    }
}
