package io.godwit.connector.file.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A row that is none, or whose values are not of its columns' types. The message names no value. */
public final class MalformedRowException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;
    private final boolean tooLarge;

    private MalformedRowException(long line, String message, boolean tooLarge, @Nullable Throwable cause) {
        super(message, cause);
        this.line = line;
        this.tooLarge = tooLarge;
    }

    /** @param line of the file, or of its part, from 1 */
    static MalformedRowException at(long line, String message, @Nullable Throwable cause) {
        return new MalformedRowException(line, message, false, cause);
    }

    static MalformedRowException tooLarge(long line, long limit) {
        return new MalformedRowException(line, "a row has more than " + limit + " bytes", true, null);
    }

    /** Where the row begins: a line of the part that was read, from 1. */
    public long line() {
        return line;
    }

    /** Whether it is above the limit of rows. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
