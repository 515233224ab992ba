package io.godwit.connector.http;

import java.io.IOException;

/** An answer that is not what a table's answers are: asking again would not mend it. The message names no value. */
final class UnfitAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    UnfitAnswerException(String message) {
        super(message);
    }
}
